package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.DATA_CONFLICT;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.Patient;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** G11, G49 and contract section 3: implausible but well-formed facts are kept and flagged. */
class G11G49DataConflictTest {

  @Test
  void observedBefore1990AlertsAlsoBeforeTheOpening() {
    Patient patient =
        new Patient().with(Given.kps(0, 90).observedAt(Instant.parse("1989-12-31T23:59:59Z")));

    assertThat(Seen.priority(patient, DATA_CONFLICT)).contains(Priority.URGENT);
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.UNKNOWN);
  }

  @Test
  void observedAt1990IsPlausible() {
    assertThat(
            new Patient()
                .with(Given.kps(0, 90).observedAt(Instant.parse("1990-01-01T00:00:00Z")))
                .isOpen(DATA_CONFLICT))
        .isFalse();
  }

  @Test
  void observedMoreThanADayAfterReceipt() {
    assertThat(
            new Patient()
                .with(Given.kps(0, 90).observedAt(Facts.at(1, "12:01")))
                .isOpen(DATA_CONFLICT))
        .isTrue();
    assertThat(
            new Patient()
                .with(Given.kps(0, 90).observedAt(Facts.at(1, "12:00")))
                .isOpen(DATA_CONFLICT))
        .isFalse();
  }

  @Test
  void processedBeforeCollected() {
    assertThat(
            new Patient()
                .with(Given.goodSample(0).negative().minutesToProcessing(-1))
                .isOpen(DATA_CONFLICT))
        .isTrue();
  }

  @Test
  void correctionEndsTheConflict() {
    Patient patient =
        new Patient()
            .with(
                Given.goodSample(0).negative().minutesToProcessing(-1),
                Given.goodSample(0).negative().minutesToProcessing(10).reportedDay(1).amended());

    assertThat(patient.isOpen(DATA_CONFLICT)).isFalse();
  }

  @Test
  void positiveCytologyCountsThoughItsProcessingTimeCannotBeRight() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Given.goodSample(0).positive().minutesToProcessing(-1));

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.isOpen(DATA_CONFLICT)).isTrue();
  }

  @Test
  void twoVersionsOfOneTimeThatDifferAreFlagged() {
    Patient patient =
        new Patient()
            .with(
                Given.goodSample(0).negative().event("a"),
                Given.goodSample(0).positive().event("b"));

    assertThat(patient.isOpen(DATA_CONFLICT)).isTrue();
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void plausibleFactsAreNotInConflict() {
    assertThat(Given.confirmedInGoodStatus().isOpen(DATA_CONFLICT)).isFalse();
  }

  private static final Instant BEFORE_1990 = Instant.parse("1980-01-01T00:00:00Z");

  /** What was only ordered, or never done, has a time that can't be right all the same. */
  @Test
  void whatHasNoResultIsLookedAtToo() {
    assertThat(
            new Patient()
                .with(Facts.csf("csf").pending().observedAt(BEFORE_1990))
                .isOpen(DATA_CONFLICT))
        .isTrue();
    assertThat(
            new Patient()
                .with(Facts.csf("csf").cancelled().observedAt(BEFORE_1990))
                .isOpen(DATA_CONFLICT))
        .isTrue();
    assertThat(
            new Patient()
                .with(Facts.csf("csf").withdrawn().observedAt(BEFORE_1990))
                .isOpen(DATA_CONFLICT))
        .as("withdrawn: nobody says it any more")
        .isFalse();
  }

  @Test
  void aProcessingTimeThatCannotBeIsToldWhateverTheStatus() {
    Facts.Csf sample = Facts.csf("csf").day(0).minutesToProcessing(-5);
    Patient ordered = new Patient().with(sample.pending());
    assertThat(Seen.priority(ordered, DATA_CONFLICT)).contains(Priority.URGENT);
    assertThat(Seen.priority(new Patient().with(sample.cancelled()), DATA_CONFLICT))
        .contains(Priority.URGENT);
    assertThat(Seen.priority(new Patient().with(sample.preliminary()), DATA_CONFLICT))
        .contains(Priority.ROUTINE);
    assertThat(new Patient().with(sample.withdrawn()).isOpen(DATA_CONFLICT)).isFalse();

    ordered.with(Facts.csf("csf").observedDay(0).reportedDay(1).negative().minutesToProcessing(5));
    assertThat(ordered.isOpen(DATA_CONFLICT)).isFalse();
  }

  @Test
  void anOrderFromTheFutureIsNotWaitedFor() {
    Patient patient =
        Given.suspected()
            .with(Facts.csf("csf").pending().day(1).observedDay(5).reportedDay(1))
            .untilDay(30);

    assertThat(patient.isOpen(DATA_CONFLICT)).isTrue();
    assertThat(patient.isOpen(AlertCode.RESULT_OVERDUE)).isFalse();
  }

  @Test
  void anAnswerWhoseTimeCannotBeAnswersNothing() {
    Patient patient = Given.suspected().untilDay(20);
    assertThat(patient.open(AlertCode.KPS_MISSING_OR_STALE)).isPresent();

    patient.with(
        Facts.response("answer", AlertResponse.Action.ACKNOWLEDGED)
            .code(AlertCode.KPS_MISSING_OR_STALE.name())
            .observedAt(BEFORE_1990)
            .reportedDay(20));

    assertThat(patient.isOpen(DATA_CONFLICT)).isTrue();
    assertThat(patient.open(AlertCode.KPS_MISSING_OR_STALE))
        .hasValueSatisfying(
            alert -> assertThat(alert.state()).isNotEqualTo(AlertState.ACKNOWLEDGED));
  }

  /** A sender with a wrong clock: what is kept of the alert is written at every record. */
  @Test
  void veryManyAreNotKeptOneByOneAndAnotherStillWakesTheAlert() {
    Patient patient = new Patient();
    for (int i = 0; i < 450; i++) {
      patient.with(mistimed(i));
    }
    assertThat(reasons(patient)).isLessThanOrEqualTo(400);

    Instant answered = Facts.noon(1);
    patient
        .until(answered)
        .with(
            Facts.response("answer", AlertResponse.Action.ACKNOWLEDGED)
                .code("DATA_CONFLICT")
                .observedAt(answered)
                .reportedAt(answered));
    assertThat(patient.open(DATA_CONFLICT).orElseThrow().state())
        .isEqualTo(AlertState.ACKNOWLEDGED);
    patient.with(Given.kps(1, 90).observedAt(answered).reportedAt(answered));
    assertThat(patient.open(DATA_CONFLICT).orElseThrow().state())
        .isEqualTo(AlertState.ACKNOWLEDGED);

    patient.with(mistimed(450));
    assertThat(patient.open(DATA_CONFLICT).orElseThrow().state()).isEqualTo(AlertState.ACTIVE);
  }

  private static Facts.Performance mistimed(int number) {
    return Facts.kps("r" + number, 90)
        .observedAt(Instant.EPOCH.plusSeconds(number))
        .reportedAt(Facts.noon(number < 450 ? 0 : 1));
  }

  private static int reasons(Patient patient) {
    return patient.state().alerts().stream()
        .filter(alert -> alert.last().code() == DATA_CONFLICT)
        .findFirst()
        .orElseThrow()
        .reasons()
        .size();
  }

  /** It counts; but no version that is right about its time replaces it before then. */
  @Test
  void reportedMoreThanADayAfterReceiptCountsAndIsTold() {
    Patient patient = new Patient();
    patient.arrive(Given.kps(0, 50).reportedDay(366).build(), Facts.noon(0));

    assertThat(patient.open(DATA_CONFLICT).orElseThrow().summary())
        .contains("reported in the future");
    assertThat(patient.visible().statusGroup()).isEqualTo(StatusGroup.POOR);
    assertThat(patient.untilDay(367).isOpen(DATA_CONFLICT)).as("it is the future").isFalse();
  }
}
