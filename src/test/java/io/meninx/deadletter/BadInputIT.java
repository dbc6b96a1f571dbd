package io.meninx.deadletter;

import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientView;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.DelegatingEngine;
import io.meninx.topology.RecordFailureException;
import io.meninx.topology.StreamsRuntime;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.BadInputs;
import io.meninx.wire.BadInputs.Bad;
import io.meninx.wire.BadInputs.Fate;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bad input, a real broker: what a driver in memory does not refuse, a broker may. */
@Timeout(300)
class BadInputIT {
  private static final DecisionEngine ENGINE =
      DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));

  private final LiveStream live = new LiveStream(2);

  @AfterEach
  void close() {
    live.close();
  }

  @Test
  void theCorpusEndsAsDeadLettersAndFlaggedFactsAndTheStreamGoesOn() {
    String patient = patientOnTheFirst();
    List<Bad> corpus = BadInputs.corpus(live.registry(), patient);
    try (StreamsRuntime runtime = live.start(ENGINE)) {
      live.tick(Instant.now());
      for (Bad bad : corpus) {
        live.send(bad.topic(), 0, bad.key(), bad.value(), bad.headers());
      }
      live.fact(kps("good-at-last", 90).patient(patient).day(2).build());
      live.tick(Instant.now().plusSeconds(1));

      List<JournalEntry> journal = live.awaitJournal(runtime);

      Map<String, Long> expected = new TreeMap<>();
      corpus.stream()
          .filter(bad -> bad.fate() instanceof Fate.Dead)
          .forEach(bad -> expected.merge(((Fate.Dead) bad.fate()).reason().name(), 1L, Long::sum));
      assertThat(byReason()).isEqualTo(expected);
      assertThat(journal.stream().filter(entry -> entry.flag().isPresent()))
          .hasSize((int) corpus.stream().filter(bad -> bad.fate() instanceof Fate.Flagged).count());
      assertThat(runtime.failure()).isEmpty();
    }
  }

  /** {@code run --skip}: what always fails is put aside by an operator, and journaled as such. */
  @Test
  void aRecordThatAlwaysFailsIsPutAsideAfterTheStopAndSentBackToAnEngineWithoutTheFault() {
    live.tick(Instant.now());
    live.fact(kps("before", 90).patient("a").day(1).build());
    live.fact(kps("fatal", 90).patient("a").day(1).build());
    live.fact(kps("after", 90).patient("a").day(1).build());
    live.flush();
    SkippedRecord fatal;
    try (StreamsRuntime runtime = live.startFailing(new FailingOn("fatal"))) {
      assertThat(ended(runtime)).isTrue();
      RecordFailureException failure =
          (RecordFailureException) rootCause(runtime.failure().orElseThrow());
      assertThat(failure).hasMessageContaining("kps-updates:").hasMessageNotContaining("patient a");
      LetterId id = LetterId.parse(failure.coordinates()).orElseThrow();
      fatal = new SkippedRecord(id.topic().baseName(), id.partition(), id.offset());
    }
    try (StreamsRuntime runtime =
        live.start(new FailingOn("fatal"), settings -> settings.withSkipped(Set.of(fatal)))) {
      List<Fated> facts = facts(live.awaitJournal(runtime));
      assertThat(facts)
          .filteredOn(fact -> fact.disposition() == Disposition.DEAD_LETTER)
          .singleElement()
          .satisfies(
              fact -> {
                assertThat(fact.entry().coordinates().orElseThrow().offset())
                    .isEqualTo(fatal.offset());
                assertThat(fact.letter().orElseThrow().reason())
                    .isEqualTo(PoisonReason.SKIPPED_BY_OPERATOR.name());
              });
      assertThat(facts).filteredOn(fact -> fact.disposition() == Disposition.DECIDED).hasSize(2);
    }
    try (StreamsRuntime runtime = live.start(ENGINE);
        Desk desk = new Desk(live.clients(), DeadLetterDeskIT.AUTHOR)) {
      desk.replay(Selection.ALL, false);

      assertThat(facts(live.awaitJournal(runtime)))
          .filteredOn(fact -> fact.disposition() == Disposition.DECIDED)
          .hasSize(3);
    }
  }

  /** What became of an input, at once or, if it was kept for the first tick, then. */
  private record Fated(
      JournalEntry entry, Disposition disposition, Optional<JournalEntry.DeadLetterRef> letter) {}

  private static List<Fated> facts(List<JournalEntry> journal) {
    Map<Long, JournalEntry.Held> kept =
        journal.stream()
            .flatMap(entry -> entry.groups().stream())
            .flatMap(group -> group.held().stream())
            .collect(Collectors.toMap(JournalEntry.Held::sequence, held -> held));
    return journal.stream()
        .filter(BadInputIT::ofAFact)
        .map(
            entry ->
                Optional.ofNullable(kept.get(entry.sequence()))
                    .map(held -> new Fated(entry, held.disposition(), held.deadLetter()))
                    .orElseGet(() -> new Fated(entry, entry.disposition(), entry.deadLetter())))
        .toList();
  }

  private static boolean ofAFact(JournalEntry entry) {
    return entry
        .coordinates()
        .filter(at -> !at.topic().equals(Topic.CLOCK_TICKS.baseName()))
        .isPresent();
  }

  private Map<String, Long> byReason() {
    return live.letters(Selection.ALL).stream()
        .collect(
            Collectors.groupingBy(
                letter -> letter.content().reason(), TreeMap::new, Collectors.counting()));
  }

  private static boolean ended(StreamsRuntime runtime) {
    try {
      return runtime.awaitEnd(LiveStream.PATIENCE);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Throwable rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String patientOnTheFirst() {
    String id = "patient-bad";
    for (int i = 0;
        Utils.toPositive(Utils.murmur2(id.getBytes(StandardCharsets.UTF_8))) % 2 != 0;
        i++) {
      id = "patient-bad-" + i;
    }
    return id;
  }

  /** Has a bug that shows on one report. */
  private record FailingOn(String reportId) implements DelegatingEngine {
    @Override
    public DecisionEngine engine() {
      return ENGINE;
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
      if (fact.header().reportId().value().equals(reportId)) {
        throw new IllegalStateException("patient a");
      }
      return ENGINE.decide(view, fact, receivedAt, now);
    }
  }
}
