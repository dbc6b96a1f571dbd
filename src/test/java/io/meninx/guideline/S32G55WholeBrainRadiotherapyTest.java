package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.ROUTINE_WHOLE_BRAIN_RADIOTHERAPY;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Indication;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** S32, G55: no whole-brain radiotherapy as a routine; a warning, never a block. */
class S32G55WholeBrainRadiotherapyTest {
  private static Facts.Treatment wholeBrain(Action action) {
    return Given.radiotherapy("wbrt", action).field(Field.WHOLE_BRAIN).order("w").day(1);
  }

  private static boolean warned(Facts.Builder<?>... facts) {
    return Given.confirmedInGoodStatus().with(facts).isOpen(ROUTINE_WHOLE_BRAIN_RADIOTHERAPY);
  }

  @ParameterizedTest
  @EnumSource(
      value = Indication.class,
      names = {"ROUTINE", "UNKNOWN"})
  void routineOrNotGiven(Indication indication) {
    Patient patient =
        Given.confirmedInGoodStatus().with(wholeBrain(Action.ORDERED).indication(indication));

    assertThat(Seen.priority(patient, ROUTINE_WHOLE_BRAIN_RADIOTHERAPY)).contains(Priority.URGENT);
  }

  @ParameterizedTest
  @EnumSource(
      value = Indication.class,
      mode = Mode.EXCLUDE,
      names = {"ROUTINE", "UNKNOWN"})
  void anyOtherIndicationIsOne(Indication indication) {
    assertThat(warned(wholeBrain(Action.ORDERED).indication(indication))).isFalse();
  }

  @Test
  void missingIndicationIsNamed() {
    assertThat(
            Given.confirmedInGoodStatus()
                .with(wholeBrain(Action.ORDERED))
                .open(ROUTINE_WHOLE_BRAIN_RADIOTHERAPY)
                .orElseThrow()
                .missing())
        .containsExactly("TREATMENT.indication");
  }

  @ParameterizedTest
  @CsvSource({
    "ORDERED, true",
    "STARTED, true",
    "ADMINISTERED, true",
    "COMPLETED, true",
    "CANCELLED, false",
  })
  void actions(Action action, boolean warned) {
    assertThat(warned(wholeBrain(action))).isEqualTo(warned);
  }

  @Test
  void indicationGivenLaterForTheSameOrderAnswersTheQuestion() {
    assertThat(
            warned(
                wholeBrain(Action.ORDERED),
                Given.radiotherapy("start", Action.STARTED)
                    .field(Field.WHOLE_BRAIN)
                    .order("w")
                    .indication(Indication.BULKY_BRAIN_METASTASES)
                    .day(3)))
        .isFalse();
  }

  @Test
  void endsWhenCancelled() {
    assertThat(
            warned(
                wholeBrain(Action.ORDERED),
                Given.radiotherapy("end", Action.CANCELLED).order("w").day(2)))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Field.class,
      names = {"FOCAL", "CRANIOSPINAL", "UNKNOWN"})
  void otherFieldsAreNotMeant(Field field) {
    assertThat(warned(Given.radiotherapy("rt", Action.ORDERED).field(field).day(1))).isFalse();
  }

  @Test
  void blocksNothing() {
    assertThat(
            Given.confirmedInGoodStatus()
                .with(wholeBrain(Action.ORDERED))
                .visible()
                .contraindications())
        .doesNotContain(ContraindicationCode.AGGRESSIVE_THERAPY_POOR_STATUS);
  }
}
