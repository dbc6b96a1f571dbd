package io.meninx.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * The long form of {@link FaultsIT}: each fault for two minutes by itself, then all of them in an
 * order by chance, with a larger population. {@code mvn -Pfaults verify}, about 20 minutes; {@code
 * -Dmeninx.seed=7} is another population and another order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(1200)
class FaultsLongForm {
  private static final long SEED = Long.getLong("meninx.seed", 42);
  private static final Duration LASTS = Duration.ofMinutes(2);

  private final Bench bench =
      new Bench(
          SEED,
          120,
          6,
          Duration.ofHours(6),
          Duration.ofMillis(80),
          List.of("kills", "joins", "broker", "registry", "zombie", "wipes", "cut", "all"));

  @AfterAll
  void close() {
    bench.close();
  }

  @Test
  void instancesAreKilledAgainAndAgain() {
    during("kills", "(a) kill -9, again and again", faults -> faults.kill(2, "one", "two"));
  }

  @Test
  void instancesJoinAndLeave() {
    during(
        "joins",
        "(b) instances join and leave",
        faults -> {
          faults.join("three", "one");
          faults.join("one", "three");
        });
  }

  @Test
  void aBrokerIsKilled() {
    int[] node = {0};
    during(
        "broker",
        "(c) kill -9 of one of three brokers",
        faults -> faults.killBroker(node[0]++ % 3 + 1, Duration.ofSeconds(8)));
  }

  @Test
  void theRegistryIsAway() {
    during(
        "registry",
        "(d) registry away for a minute",
        faults -> faults.registryAway(Duration.ofMinutes(1), "one"));
  }

  @Test
  void aProcessStandsStillPastItsTimeOut() {
    during("zombie", "(e) SIGSTOP past the session time-out", faults -> faults.pause("one"));
  }

  @Test
  void stateIsLost() {
    during("wipes", "(f) state directory wiped", faults -> faults.wipe("one"));
  }

  @Test
  void anInstanceIsCutOff() {
    during("cut", "(g) network between an instance and the brokers cut", Faults::cut);
  }

  @Test
  void everythingInAnOrderByChance() {
    Random random = new Random(SEED);
    during(
        "all",
        "(a) to (g) by chance",
        faults -> {
          switch (random.nextInt(7)) {
            case 0 -> faults.kill(1, "one");
            case 1 -> {
              faults.join("three", "one");
              faults.join("one", "three");
            }
            case 2 -> faults.killBroker(1 + random.nextInt(3), Duration.ofSeconds(3));
            case 3 -> faults.registryAway(Duration.ofSeconds(10), "one");
            case 4 -> faults.pause("one");
            case 5 -> faults.wipe("one");
            default -> faults.cut();
          }
        });
  }

  private void during(String name, String what, java.util.function.Consumer<Faults> fault) {
    int[] times = {0};
    bench.history(
        name,
        "one",
        "far-two",
        history -> {
          long end = System.nanoTime() + LASTS.toNanos();
          Faults faults = new Faults(history);
          while (System.nanoTime() < end) {
            fault.accept(faults);
            times[0]++;
          }
          return what + ", x " + times[0];
        });
  }
}
