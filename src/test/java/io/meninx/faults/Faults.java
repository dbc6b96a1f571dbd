package io.meninx.faults;

import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;

/**
 * What is done to a running history. Each fault waits for its own effect (that others have taken
 * over, that an instance gave up) instead of hoping for it, and leaves everything running.
 */
final class Faults {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofSeconds(3);

  private final History history;
  private final Fleet fleet;

  Faults(History history) {
    this.history = history;
    this.fleet = history.fleet();
  }

  /**
   * (a) kill -9 of an instance, again and again, one after the other; the last ones kill sooner.
   */
  void kill(int times, String... names) {
    for (int i = 0; i < times; i++) {
      String victim = names[i % names.length];
      boolean measured = i % 2 == 0;
      if (measured) {
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> Arrays.stream(names).allMatch(fleet::running));
        history.awaitDecisions();
      }
      fleet.kill9(victim);
      if (measured) {
        history.takeover();
      }
      fleet.start(victim);
      History.pass(i % 3 == 2 ? Duration.ofMillis(1500) : BETWEEN);
    }
    history.awaitDecisions();
  }

  /** (b) An instance joins, another one leaves in order. */
  void join(String comes, String leaves) {
    fleet.start(comes);
    history.awaitDecisions();
    History.pass(BETWEEN);
    history.leave(leaves);
    history.awaitDecisions();
  }

  /** (c) kill -9 of one of three brokers. */
  void killBroker(int node, Duration dead) {
    history.cluster().kill(node);
    history.awaitDecisions();
    History.pass(dead);
    history.cluster().restart(node);
    history.awaitDecisions();
  }

  /**
   * (d) The registry is away, while ticks come whose schema nobody has seen and an instance starts:
   * instances stand still, then stop with the cause, and are started again.
   */
  void registryAway(Duration away, String starting) {
    int before = fleet.startedAgain();
    history.registry().refuse();
    fleet.kill9(starting);
    fleet.start(starting);
    History.pass(away);
    Awaitility.await().atMost(PATIENCE).until(() -> fleet.startedAgain() > before);
    history.registry().heal();
    history.awaitDecisions();
  }

  /** (e) An instance stands still until others have taken over, and goes on as if nothing was. */
  void pause(String name) {
    fleet.pause(name);
    history.awaitDecisions();
    fleet.resume(name);
    History.pass(BETWEEN);
    history.awaitDecisions();
  }

  /** (f) kill -9, and the state directory is gone. */
  void wipe(String name) {
    fleet.kill9(name);
    fleet.wipe(name);
    fleet.start(name);
    history.awaitDecisions();
  }

  /**
   * (g) The network between the far instances and all brokers is cut until others have taken over.
   */
  void cut() {
    history.cluster().cut();
    history.awaitDecisions();
    history.cluster().heal();
    History.pass(BETWEEN);
    history.awaitDecisions();
  }
}
