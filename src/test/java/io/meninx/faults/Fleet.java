package io.meninx.faults;

import io.meninx.service.ExitCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The instances of a history, and somebody who starts again what ended by itself, as an
 * orchestrator does: an instance stops with its cause when the registry stays away, for example.
 */
final class Fleet implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(500);

  private final Function<String, Instance> maker;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final List<String> wanted = new ArrayList<>();
  private final ScheduledExecutorService supervisor =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("supervisor").daemon().unstarted(task));
  private final List<Integer> codes = new ArrayList<>();

  /**
   * With nothing running.
   *
   * @param maker makes an instance of a name
   */
  Fleet(Function<String, Instance> maker) {
    this.maker = maker;
    var _ =
        supervisor.scheduleWithFixedDelay(
            this::restart, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void restart() {
    for (String name : wanted) {
      Instance instance = instance(name);
      if (!instance.alive()) {
        codes.add(instance.exitCode());
        instance.start();
      }
    }
  }

  /** Starts one, a new one or one that was there before. */
  synchronized void start(String name) {
    instance(name).start();
    wanted.add(name);
  }

  /** Whether one takes records. */
  synchronized boolean running(String name) {
    return instance(name).running();
  }

  /** kill -9; it stays down. */
  synchronized void kill9(String name) {
    wanted.remove(name);
    instance(name).kill9();
  }

  /** Asks one to end and lets it leave; returns the exit code. */
  int term(String name) {
    Instance instance;
    synchronized (this) {
      wanted.remove(name);
      instance = instance(name);
    }
    return instance.term();
  }

  synchronized void pause(String name) {
    instance(name).pause();
  }

  synchronized void resume(String name) {
    instance(name).resume();
  }

  /** Wipes the state directory of one that is down. */
  synchronized void wipe(String name) {
    instance(name).wipe();
  }

  /**
   * How often an instance ended by itself and was started again.
   *
   * @throws IllegalStateException when one ended with another cause than that the cluster or the
   *     registry was away: no fault of the harness may break the program
   */
  synchronized int startedAgain() {
    if (codes.stream().anyMatch(code -> code != ExitCode.AWAY.code())) {
      throw new IllegalStateException("instances ended with the codes " + codes);
    }
    return codes.size();
  }

  private Instance instance(String name) {
    return instances.computeIfAbsent(name, maker);
  }

  @Override
  public void close() {
    supervisor.shutdownNow();
    synchronized (this) {
      wanted.clear();
      instances.values().forEach(Instance::kill9);
    }
  }
}
