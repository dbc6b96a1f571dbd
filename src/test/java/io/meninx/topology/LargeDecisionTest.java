package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.Evidence;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientView;
import io.meninx.pathway.Revisions;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.Topic;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A journal entry that the topic does not take halts its partition for good: none is made. */
class LargeDecisionTest {
  private static final Instant NOW = at(1, "13:00");
  private static final DecisionEngine ENGINE =
      DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));

  @Test
  void anInputThatRaisesMoreThanAnEntryHoldsIsADeadLetterAndLeavesNothing() {
    try (Driven driven = new Driven(new Talkative(60))) {
      driven.tick(NOW);
      driven.fact(Facts.fullMri("mri").pattern(Pattern.LINEAR).patient("loud").day(1).build());
      driven.fact(kps("other", 90).patient("other").day(1).build());

      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("PATIENT_TOO_LARGE");
      assertThat(driven.dispositions()).endsWith(Disposition.DEAD_LETTER, Disposition.DECIDED);
      assertThat(driven.output(Topic.PATHWAY_ALERTS)).isEmpty();
      assertThat(factsOf(driven, "loud")).isZero();
      assertThat(factsOf(driven, "other")).isEqualTo(1);
    }
  }

  @Test
  void soIsOneThatWasHeld() {
    try (Driven driven = new Driven(new Talkative(60))) {
      driven.fact(Facts.fullMri("mri").pattern(Pattern.LINEAR).patient("loud").day(1).build());
      driven.fact(kps("other", 90).patient("other").day(1).build());
      driven.tick(NOW);

      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("PATIENT_TOO_LARGE");
      assertThat(
              driven.journal().stream()
                  .flatMap(entry -> entry.groups().stream())
                  .map(group -> group.held().map(JournalEntry.Held::disposition).orElseThrow()))
          .containsExactly(Disposition.DEAD_LETTER, Disposition.DECIDED);
      assertThat(factsOf(driven, "loud")).isZero();
    }
  }

  @Test
  void whatFitsIsDecided() {
    try (Driven driven = new Driven(new Talkative(40))) {
      driven.tick(NOW);
      driven.fact(Facts.fullMri("mri").pattern(Pattern.LINEAR).patient("loud").day(1).build());

      assertThat(driven.dispositions()).endsWith(Disposition.DECIDED);
      assertThat(driven.output(Topic.PATHWAY_ALERTS)).hasSize(40);
      assertThat(factsOf(driven, "loud")).isEqualTo(1);
    }
  }

  private static int factsOf(Driven driven, String patient) {
    Tables read = new Tables(name -> driven.driver().getKeyValueStore(name), 0, 1);
    return read.pathways().state(new PatientId(patient)).factCount();
  }

  /** Says every alert many times over, each with as much evidence as there may be. */
  private record Talkative(int times) implements DelegatingEngine {
    @Override
    public DecisionEngine engine() {
      return ENGINE;
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
      Decision decision = ENGINE.decide(view, fact, receivedAt, now);
      List<AlertRevision> alerts =
          decision.alerts().isEmpty()
              ? List.of()
              : Collections.nCopies(times, loud(decision.alerts().getFirst()));
      return new Decision(
          decision.kind(),
          decision.rejected(),
          decision.flag(),
          decision.state(),
          decision.store(),
          decision.events(),
          alerts,
          decision.ended(),
          decision.visibleChanged());
    }

    private static AlertRevision loud(AlertRevision alert) {
      Evidence piece =
          new Evidence(
              "r",
              FactKind.IMAGING,
              "腫".repeat(1_000),
              ResultStatus.FINAL,
              ObservedAt.at(Facts.noon(1)));
      return Revisions.restingOn(alert, Collections.nCopies(12, piece));
    }
  }
}
