package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.Patient;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S5, G9 to G12: volume, processing time and fixative of a CSF sample. */
class S05S26G09G10G11G12CsfSampleQualityTest {

  /**
   * Whether a negative sample counts as informative: with a second one of good quality and high
   * suspicion the question G15 arises only then.
   */
  private static boolean informative(Facts.Csf sample) {
    return new Patient()
        .with(
            Given.suspicion(0, Suspicion.HIGH),
            Given.goodSample(0).negative(),
            sample.day(5).negative())
        .asksBoard("G15");
  }

  private static boolean inadequate(Facts.Csf sample) {
    return new Patient().with(sample).isOpen(AlertCode.CSF_SAMPLE_INADEQUATE);
  }

  @ParameterizedTest
  @CsvSource({
    "4.99, false, true",
    "5.0, true, false",
    "10.0, true, false",
    "10.5, true, false",
    "0, false, true",
  })
  void volume(double volumeMl, boolean informative, boolean inadequate) {
    assertThat(informative(Facts.csf("s").volumeMl(volumeMl).minutesToProcessing(20)))
        .isEqualTo(informative);
    assertThat(inadequate(Facts.csf("s").negative().volumeMl(volumeMl).minutesToProcessing(20)))
        .isEqualTo(inadequate);
  }

  /** G9: 5 to 10 mL are usable, more is optimal; said of a sample that is adequate otherwise. */
  @ParameterizedTest
  @CsvSource({
    "4.99, 20, 'quality=INADEQUATE'",
    "5.0, 20, 'quality=ADEQUATE, volume=SUBOPTIMAL'",
    "10.0, 20, 'quality=ADEQUATE, volume=SUBOPTIMAL'",
    "10.01, 20, 'quality=ADEQUATE, volume=OPTIMAL'",
    "10.01, 31, 'quality=UNKNOWN'",
  })
  void evidenceSaysHowGoodASampleIs(double volumeMl, int minutes, String quality) {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Facts.csf("s").positive().volumeMl(volumeMl).minutesToProcessing(minutes));

    assertThat(patient.events)
        .filteredOn(event -> event.type() == EventType.CLASSIFICATION_CHANGED)
        .last()
        .satisfies(
            event ->
                assertThat(event.evidence())
                    .filteredOn(evidence -> evidence.factId().equals("s"))
                    .singleElement()
                    .satisfies(evidence -> assertThat(evidence.value()).endsWith(quality)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, true, false",
    "30, true, false",
    "31, false, true",
  })
  void timeToProcessingNotFixed(int minutes, boolean informative, boolean inadequate) {
    assertThat(informative(Facts.csf("s").volumeMl(8).minutesToProcessing(minutes).fixed(false)))
        .isEqualTo(informative);
    assertThat(
            inadequate(
                Facts.csf("s").negative().volumeMl(8).minutesToProcessing(minutes).fixed(false)))
        .isEqualTo(inadequate);
  }

  @Test
  void fixedIsNeverLate() {
    assertThat(informative(Facts.csf("s").volumeMl(8).minutesToProcessing(31).fixed(true)))
        .isTrue();
    assertThat(
            inadequate(Facts.csf("s").negative().volumeMl(8).minutesToProcessing(31).fixed(true)))
        .isFalse();
  }

  @Test
  void fixedButTooSmallIsInadequate() {
    assertThat(
            inadequate(Facts.csf("s").negative().volumeMl(4.9).minutesToProcessing(20).fixed(true)))
        .isTrue();
  }

  @Test
  void lateWithUnknownFixativeIsOfUnknownQualityNotInadequate() {
    Facts.Csf sample = Facts.csf("s").volumeMl(8).minutesToProcessing(31);

    assertThat(informative(sample)).isFalse();
    assertThat(inadequate(Facts.csf("s").negative().volumeMl(8).minutesToProcessing(31))).isFalse();
  }

  @Test
  void missingVolumeIsOfUnknownQuality() {
    assertThat(informative(Facts.csf("s").minutesToProcessing(20))).isFalse();
    assertThat(inadequate(Facts.csf("s").negative().minutesToProcessing(20))).isFalse();
  }

  @Test
  void missingTimeIsOfUnknownQuality() {
    assertThat(informative(Facts.csf("s").volumeMl(8))).isFalse();
    assertThat(informative(Facts.csf("s").volumeMl(8).fixed(true))).isFalse();
    assertThat(inadequate(Facts.csf("s").negative().volumeMl(8))).isFalse();
  }

  @Test
  void tooSmallIsInadequateEvenWhenTheTimeIsMissing() {
    assertThat(inadequate(Facts.csf("s").negative().volumeMl(2))).isTrue();
  }

  @Test
  void negativeTimeIsUnknownAndADataConflictNeverInTime() {
    assertThat(informative(Facts.csf("s").volumeMl(8).minutesToProcessing(-5))).isFalse();
    assertThat(informative(Facts.csf("s").volumeMl(8).minutesToProcessing(-5).fixed(true)))
        .isFalse();

    Patient patient =
        new Patient().with(Facts.csf("s").negative().volumeMl(8).minutesToProcessing(-5));
    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isTrue();
    assertThat(patient.isOpen(AlertCode.CSF_SAMPLE_INADEQUATE)).isFalse();
  }

  @Test
  void missingQualityIsNamed() {
    Patient patient =
        new Patient()
            .with(Given.suspicion(0, Suspicion.HIGH), Facts.csf("s").negative())
            .untilDay(0);

    List<String> missing =
        patient.open(AlertCode.REPEAT_LUMBAR_PUNCTURE_NEEDED).orElseThrow().missing();
    assertThat(missing).contains("CSF.volumeMl", "CSF.minutesToProcessing");
  }

  @Test
  void positiveFromAPoorSampleStaysPositiveWithAQualityNote() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.LINEAR),
                Facts.csf("s").positive().volumeMl(2).minutesToProcessing(90).fixed(false));

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(Seen.priority(patient, AlertCode.CSF_SAMPLE_INADEQUATE)).contains(Priority.ROUTINE);
  }

  @Test
  void betterSampleResolvesTheAlert() {
    Patient patient =
        new Patient()
            .with(
                Facts.csf("s").negative().volumeMl(2).minutesToProcessing(20),
                Given.goodSample(3).negative());

    AlertRevision last = patient.revisions(AlertCode.CSF_SAMPLE_INADEQUATE).getLast();
    assertThat(last.state()).isEqualTo(AlertState.RESOLVED);
  }

  @Test
  void preliminarySampleWarnsAsPreliminary() {
    Patient patient =
        new Patient()
            .with(Facts.csf("s").negative().volumeMl(2).minutesToProcessing(20).preliminary());

    assertThat(patient.open(AlertCode.CSF_SAMPLE_INADEQUATE).orElseThrow().preliminary()).isTrue();
  }

  @Test
  void proteinIsKeptAndNeverJudged() {
    Patient low = new Patient().with(Given.goodSample(0).negative().proteinMgDl(20));
    Patient high = new Patient().with(Given.goodSample(0).negative().proteinMgDl(2000));

    assertThat(high.visible()).isEqualTo(low.visible());
  }

  @Test
  void proteinInAReportOfItsOwnDoesNotHideAnInadequateSample() {
    Patient patient =
        new Patient()
            .with(
                Facts.csf("s").day(1).negative().volumeMl(2).minutesToProcessing(20),
                Facts.csf("chemistry").day(1).proteinMgDl(90));

    assertThat(patient.isOpen(AlertCode.CSF_SAMPLE_INADEQUATE)).isTrue();
  }
}
