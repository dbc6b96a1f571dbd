package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Response;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.Patient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S27G61ResponseTest {
  private static Patient treated() {
    return new Patient()
        .with(
            Facts.fullMri("mri").day(0).pattern(io.meninx.fact.ImagingReport.Pattern.LINEAR),
            Facts.csf("csf").day(0).positive(),
            Facts.treatment("tki", Modality.SYSTEMIC, Action.STARTED).day(1).agent("osimertinib"));
  }

  private static List<String> responses(Patient patient) {
    return patient.events.stream()
        .filter(event -> event.type() == EventType.RESPONSE_ASSESSED)
        .map(PathwayEvent::code)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"IMPROVED", "STABLE", "PROGRESSED"})
  void aResponseStatedAfterTreatmentBeganIsTold(Response response) {
    Patient patient = treated().with(Facts.fullMri("follow-up").day(50).response(response));

    assertThat(responses(patient)).containsExactly(response.name());
  }

  @Test
  void aResponseIsToldOncePerReport() {
    Patient patient =
        treated()
            .with(Facts.fullMri("follow-up").day(50).response(Response.STABLE))
            .untilDay(80)
            .with(Facts.fullMri("second").day(100).response(Response.STABLE));

    assertThat(responses(patient)).containsExactly("STABLE", "STABLE");
  }

  @Test
  void beforeTreatmentThereIsNothingToRespondTo() {
    Patient patient =
        new Patient()
            .with(
                Facts.csf("csf").day(0).positive(),
                Facts.fullMri("mri").day(10).response(Response.PROGRESSED));

    assertThat(responses(patient)).isEmpty();
  }

  @Test
  void g61ImprovementUnderARisingSteroidDoseCannotBeJudged() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.assessment("after").day(45).dexamethasoneMg(8),
                Facts.fullMri("follow-up").day(50).response(Response.IMPROVED));

    assertThat(responses(patient)).containsExactly("NOT_EVALUABLE");
  }

  @Test
  void g61ImprovementUnderAFallingSteroidDoseCounts() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(8),
                Facts.assessment("after").day(45).dexamethasoneMg(8),
                Facts.fullMri("follow-up").day(50).response(Response.IMPROVED));

    assertThat(responses(patient)).containsExactly("IMPROVED");
  }

  @Test
  void g61ProgressionCountsWhateverTheSteroidDose() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.assessment("after").day(45).dexamethasoneMg(8),
                Facts.fullMri("follow-up").day(50).response(Response.PROGRESSED));

    assertThat(responses(patient)).containsExactly("PROGRESSED");
  }

  @Test
  void g61ARiseAfterTheExaminationDoesNotMaskIt() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.fullMri("follow-up").day(50).response(Response.IMPROVED),
                Facts.assessment("after").day(60).dexamethasoneMg(8))
            .untilDay(61);

    assertThat(responses(patient)).containsExactly("IMPROVED");
  }

  /** The dose rose and was stated again. */
  @Test
  void g61ADoseThatIsSaidAgainRoseAllTheSame() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.assessment("after").day(40).dexamethasoneMg(16),
                Facts.assessment("again").day(45).dexamethasoneMg(16),
                Facts.fullMri("follow-up").day(50).response(Response.IMPROVED));
    assertThat(responses(patient)).containsExactly("NOT_EVALUABLE");

    patient.with(
        Facts.assessment("still").day(90).dexamethasoneMg(16),
        Facts.fullMri("next").day(100).response(Response.IMPROVED));
    assertThat(responses(patient)).containsExactly("NOT_EVALUABLE", "IMPROVED");
  }

  /** A scan of the chest says how the disease outside the CNS responds. */
  @Test
  void theResponseIsThatOfTheNeuroaxis() {
    Patient patient =
        treated()
            .with(
                Facts.fullMri("follow-up").day(50).response(Response.PROGRESSED),
                Facts.imaging("chest")
                    .modality(io.meninx.fact.ImagingReport.Modality.CT)
                    .regions(io.meninx.fact.ImagingReport.Region.CHEST)
                    .day(52)
                    .response(Response.IMPROVED));

    assertThat(responses(patient)).containsExactly("PROGRESSED");
  }

  /** Brain and spine of one examination, a day apart. */
  @Test
  void g61PartsOfOneExaminationAreJudgedUnderTheSameDose() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.assessment("after").day(45).dexamethasoneMg(16),
                Facts.imaging("brain").brain().day(50).response(Response.IMPROVED),
                Facts.imaging("spine").spine().day(51).response(Response.IMPROVED));

    assertThat(responses(patient)).containsExactly("NOT_EVALUABLE", "NOT_EVALUABLE");
  }

  /** Raised on the day of the examination, maybe for what it showed. */
  @Test
  void g61AnExaminationOfTheDayOfTheRiseWasNotJudgedUnderIt() {
    Patient patient =
        treated()
            .with(
                Facts.assessment("before").day(2).dexamethasoneMg(4),
                Facts.fullMri("worse").day(30).response(Response.PROGRESSED),
                Facts.assessment("after").day(30).dexamethasoneMg(16),
                Facts.fullMri("better").day(60).response(Response.IMPROVED));

    assertThat(responses(patient)).containsExactly("PROGRESSED", "NOT_EVALUABLE");
  }
}
