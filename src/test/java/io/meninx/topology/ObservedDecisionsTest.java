package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.noon;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Facts;
import io.meninx.fact.ResultStatus;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.ResolutionReason;
import io.meninx.topology.Decided.AlertChange;
import io.meninx.topology.Decided.Oddity;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an observer is told of decisions is what the journal says of them. */
class ObservedDecisionsTest {
  private final List<Decided> told = new ArrayList<>();
  private final List<Long> lengths = new ArrayList<>();

  private final Observer observer =
      new Observer() {
        @Override
        public void decided(Decided decided) {
          told.add(decided);
        }

        @Override
        public void journaled(long bytes) {
          lengths.add(bytes);
        }
      };

  private Driven driven() {
    return new Driven(
        DecisionEngine.of(
            new PathwayEngine(
                GuidelineEditions.standard(), EngineSettings.withDebounce(Duration.ofMinutes(10)))),
        settings -> settings.withObserver(observer));
  }

  private List<AlertChange> changes(AlertCode code) {
    return told.stream()
        .flatMap(decided -> decided.alerts().stream())
        .filter(change -> change.code() == code)
        .toList();
  }

  @Test
  void everyEventAndRevisionOfTheJournalIsToldOnce() {
    try (Driven driven = driven()) {
      driven.tick(at(0, "08:00"));
      driven.fact(Facts.fullMri("mri").day(0).build());
      driven.fact(Facts.csf("csf").day(1).positive().volumeMl(10).build());
      for (int day = 1; day < 120; day++) {
        driven.tick(noon(day));
      }

      var groups = driven.journal().stream().flatMap(entry -> entry.groups().stream()).toList();
      assertThat(told).hasSameSizeAs(groups);
      assertThat(told.stream().map(Decided::cause))
          .containsExactlyElementsOf(groups.stream().map(group -> group.cause()).toList())
          .contains(Cause.INPUT, Cause.TIMER);
      assertThat(told.stream().flatMap(decided -> decided.events().stream()))
          .containsExactlyElementsOf(
              groups.stream()
                  .flatMap(group -> group.events().stream())
                  .map(PathwayEvent::type)
                  .toList())
          .contains(EventType.CLASSIFICATION_CHANGED);
      assertThat(told.stream().flatMap(decided -> decided.alerts().stream()))
          .extracting(AlertChange::code)
          .containsExactlyElementsOf(
              groups.stream()
                  .flatMap(group -> group.alerts().stream())
                  .map(AlertRevision::code)
                  .toList());
      assertThat(lengths).hasSameSizeAs(driven.journal()).allMatch(bytes -> bytes > 0);
    }
  }

  @Test
  void anAlertIsRaisedOnceReachesItsStagesAndEnds() {
    try (Driven driven = driven()) {
      driven.tick(at(0, "08:00"));
      driven.fact(Facts.fullMri("mri").day(0).build());
      driven.fact(Facts.csf("csf").day(0).positive().volumeMl(10).build());
      for (int day = 1; day < 60; day++) {
        driven.tick(noon(day));
      }
      driven.fact(Facts.kps("kps", 90).day(60).build());

      List<AlertChange> kps = changes(AlertCode.KPS_MISSING_OR_STALE);
      assertThat(kps.getFirst().raised()).isTrue();
      assertThat(kps.getFirst().before()).isEmpty();
      assertThat(kps.subList(1, kps.size())).noneMatch(AlertChange::raised);
      assertThat(kps)
          .anyMatch(
              change ->
                  change.stage().equals(Optional.of(AlertStage.OVERDUE))
                      && change.before().equals(Optional.of(AlertStage.DUE)));
      assertThat(kps.getLast().ended()).contains(ResolutionReason.DONE);
      assertThat(kps.subList(0, kps.size() - 1)).allMatch(change -> change.ended().isEmpty());
    }
  }

  /** Receipt is the broker's time of the input, and for what came due that of the tick. */
  @Test
  void timeIsCountedFromTheInputOrTheTick() {
    Instant late = at(40, "12:07");
    try (Driven driven = driven()) {
      driven.tick(at(0, "08:00"));
      driven.fact(Facts.fullMri("mri").day(0).build());
      driven.fact(Facts.csf("csf").day(0).positive().volumeMl(10).build());
      driven.tick(noon(40), late);

      assertThat(told.getFirst().topic()).contains(Topic.IMAGING_REPORTS);
      assertThat(told.getFirst().since()).contains(noon(0));
      assertThat(told.stream().filter(decided -> decided.cause() == Cause.TIMER))
          .isNotEmpty()
          .allMatch(decided -> decided.since().equals(Optional.of(late)))
          .allMatch(decided -> decided.topic().isEmpty());
    }
  }

  @Test
  void whatIsOddAboutAnInputIsTold() {
    try (Driven driven = driven()) {
      driven.tick(at(0, "08:00"));
      driven.fact(Facts.kps("new", 90).day(0).build());
      driven.tick(noon(3));
      driven.fact(Facts.kps("old", 80).day(3).observedDay(-20).build());
      driven.fact(Facts.kps("new", 70).day(4).observedDay(0).status(ResultStatus.AMENDED).build());
      driven.fact(
          Facts.kps("new", 70).day(5).observedDay(0).status(ResultStatus.WITHDRAWN).build());
      driven.fact(Facts.kps("future", 70).day(6).observedDay(300).build());

      List<Decided> inputs =
          told.stream().filter(decided -> decided.cause() == Cause.INPUT).toList();
      assertThat(inputs).hasSize(5);
      assertThat(inputs.get(0).oddities()).isEmpty();
      assertThat(inputs.get(1).oddities()).containsExactly(Oddity.LATE);
      assertThat(inputs.get(2).oddities()).containsExactly(Oddity.AMENDED);
      assertThat(inputs.get(3).oddities()).containsExactly(Oddity.WITHDRAWN);
      assertThat(inputs.get(4).oddities()).containsExactly(Oddity.IMPLAUSIBLE);
    }
  }
}
