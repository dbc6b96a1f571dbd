package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.guideline.Names;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids of pathway events are computed (invariant 11): two events never have the same one. */
class EventIdsTest {

  /** At midnight of day 15 a timer changes a schedule, and in the same instant a fact does. */
  @Test
  void aFactThatIsCalledLikeATimerHasOtherEvents() {
    Instant midnight = Facts.at(15, "00:00");
    Patient patient =
        new Patient()
            .with(Facts.fullMri("mri").pattern(Pattern.LINEAR).day(0), Facts.kps("k", 80).day(0))
            .until(midnight);
    int before = patient.events.size();
    patient.with(Facts.kps("k2", 50).event("timer").observedAt(midnight).reportedAt(midnight));

    List<PathwayEvent> byFact = patient.events.subList(before, patient.events.size());
    assertThat(byFact).extracting(PathwayEvent::code).contains("KPS");
    assertThat(patient.events.subList(0, before))
        .filteredOn(event -> event.at().equals(midnight))
        .extracting(PathwayEvent::code)
        .contains("KPS");
    assertThat(patient.events).extracting(PathwayEvent::eventId).doesNotHaveDuplicates();
  }

  /** Those of today are in journals, and must come out of them again. */
  @ParameterizedTest
  @ValueSource(
      strings = {"e1", "Timer", "timer-1", "a timer", "guideline", "eventId:e1", "eventId:timers"})
  void theIdsOfOrdinaryFactsAreWhatTheyWere(String eventId) {
    assertThat(opening(eventId)).isEqualTo(id(eventId));
  }

  @ParameterizedTest
  @CsvSource({
    "timer, eventId:timer",
    "guideline:0123, eventId:guideline:0123",
    "eventId:timer, eventId:eventId:timer",
    "eventId:guideline:, eventId:eventId:guideline:"
  })
  void thoseThatReadLikeAnotherCauseAreTold(String eventId, String cause) {
    assertThat(opening(eventId)).isEqualTo(id(cause));
  }

  private static String opening(String eventId) {
    Patient patient =
        new Patient().with(Facts.fullMri("mri").pattern(Pattern.LINEAR).day(0).event(eventId));
    return patient.events.stream()
        .filter(event -> event.type() == EventType.CLASSIFICATION_CHANGED)
        .map(PathwayEvent::eventId)
        .findFirst()
        .orElseThrow();
  }

  private static String id(String cause) {
    Patient patient =
        new Patient().with(Facts.fullMri("mri").pattern(Pattern.LINEAR).day(0).event("any"));
    PathwayEvent event =
        patient.events.stream()
            .filter(one -> one.type() == EventType.CLASSIFICATION_CHANGED)
            .findFirst()
            .orElseThrow();
    return Names.hash(
        "event",
        Facts.PATIENT.value(),
        event.type().name(),
        event.code(),
        event.gap().orElse(""),
        "",
        event.at().toString(),
        cause);
  }
}
