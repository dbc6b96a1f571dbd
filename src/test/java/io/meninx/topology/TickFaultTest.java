package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.topology.Observer.Tick;
import io.meninx.topology.ScriptedEngine.Call;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ticks that are missing, doubled, going backwards or from a clock an hour ahead. */
class TickFaultTest {
  private static final Instant T0 = at(0, "12:00");
  private static final Duration HOUR = Duration.ofHours(1);

  private final ScriptedEngine engine = new ScriptedEngine();
  private final List<Seen> seen = new ArrayList<>();
  private final List<PoisonReason> letters = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  private record Seen(Tick tick, Duration distance) {}

  private final Observer observer =
      Observer.all(
          List.of(
              new TickLog(log::add),
              new Observer() {
                @Override
                public void tick(int partition, Tick tick, Duration distance) {
                  seen.add(new Seen(tick, distance));
                }

                @Override
                public void deadLetter(Topic topic, PoisonReason reason) {
                  letters.add(reason);
                }
              }));

  private Driven driven() {
    return new Driven(engine, settings -> settings.withObserver(observer));
  }

  @Test
  void whatCameDueWhileTicksWereMissingFiresAtItsOwnTimeWithTheNextOne() {
    try (Driven driven = new Driven(engine.waiting(HOUR, 2), s -> s.withObserver(observer))) {
      driven.tick(T0);
      driven.fact(kps("r", 90).patient("a").day(0).build());

      driven.tick(T0.plus(Duration.ofHours(7)));

      assertThat(engine.calls())
          .containsExactly(
              new Call("decide", "a", T0),
              new Call("wake", "a", T0.plus(HOUR)),
              new Call("wake", "a", T0.plus(HOUR).plus(HOUR)));
      assertThat(seen)
          .containsExactly(
              new Seen(Tick.ON_TIME, Duration.ZERO), new Seen(Tick.AFTER_GAP, Duration.ofHours(7)));
      assertThat(log).singleElement().asString().contains("Partition 0", "no tick for PT7H");
    }
  }

  @Test
  void doubledTicksAreDroppedWithoutALine() {
    try (Driven driven = driven()) {
      driven.tick(T0);
      driven.tick(T0);
      driven.tick(T0.minusSeconds(60), T0);

      assertThat(seen)
          .extracting(Seen::tick)
          .containsExactly(Tick.ON_TIME, Tick.REPEATED, Tick.REPEATED);
      assertThat(log).isEmpty();
    }
  }

  @Test
  void timeNeverGoesBackAndAClockThatDoesIsNamedOnceAnHour() {
    try (Driven driven = driven()) {
      driven.tick(T0);
      for (int minute = 0; minute < 61; minute++) {
        driven.tick(T0.minus(HOUR).minusSeconds(60L * minute), T0);
      }
      driven.fact(kps("r", 90).patient("a").day(0).build());

      assertThat(engine.calls()).containsExactly(new Call("decide", "a", T0));
      assertThat(seen.getLast()).isEqualTo(new Seen(Tick.BEHIND, HOUR.plus(HOUR)));
      assertThat(log).hasSize(2).allSatisfy(line -> assertThat(line).contains("behind"));
    }
  }

  @Test
  void aClockAnHourAheadMovesNothingAndRightTicksGoOn() {
    try (Driven driven = new Driven(engine.waiting(HOUR, 1), s -> s.withObserver(observer))) {
      driven.tick(T0);
      driven.fact(kps("r", 90).patient("a").day(0).build());
      for (int minute = 1; minute <= 30; minute++) {
        Instant now = T0.plusSeconds(60L * minute);
        driven.tick(now.plus(HOUR), now);
        driven.tick(now);
      }

      assertThat(engine.calls()).extracting(Call::what).containsExactly("decide");
      assertThat(driven.deadLetters())
          .hasSize(30)
          .extracting(DeadLetter::reason)
          .containsOnly("TICK_FROM_FUTURE");
      assertThat(letters).hasSize(30).containsOnly(PoisonReason.TICK_FROM_FUTURE);
      assertThat(driven.dispositions()).filteredOn(d -> d == Disposition.TICK).hasSize(31);
      assertThat(seen).contains(new Seen(Tick.AHEAD, HOUR));
      assertThat(log).singleElement().asString().contains("Partition 0", "PT1H ahead");
    }
  }

  /** A fact that was kept from before the first tick is refused later than it was read. */
  @Test
  void aDeadLetterOfAKeptFactIsCountedToo() {
    try (Driven driven = driven()) {
      driven.fact(kps("r1", 90).event("e").patient("a").day(0).build());
      driven.fact(kps("r2", 80).event("e").patient("a").day(0).build());
      assertThat(letters).isEmpty();

      driven.tick(T0);

      assertThat(letters).containsExactly(PoisonReason.EVENT_ID_REUSED);
    }
  }
}
