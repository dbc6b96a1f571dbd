package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision table of clinical rules, section 2, cell by cell: 5 CSF x 5 MRI x 2 clinical. */
class EanoEsmoClassificationTest {

  enum Csf {
    POSITIVE,
    EQUIVOCAL,
    NEGATIVE,
    NOT_DONE,
    NON_INFORMATIVE
  }

  enum Mri {
    LINEAR,
    NODULAR,
    BOTH,
    HYDROCEPHALUS_ONLY,
    NORMAL
  }

  enum Clinical {
    TYPICAL,
    OTHER
  }

  @ParameterizedTest(name = "CSF {0}, MRI {1}, signs {2}: {3} {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POSITIVE        | LINEAR             | TYPICAL | IA           | CONFIRMED
          POSITIVE        | LINEAR             | OTHER   | IA           | CONFIRMED
          POSITIVE        | NODULAR            | TYPICAL | IB           | CONFIRMED
          POSITIVE        | NODULAR            | OTHER   | IB           | CONFIRMED
          POSITIVE        | BOTH               | TYPICAL | IC           | CONFIRMED
          POSITIVE        | BOTH               | OTHER   | IC           | CONFIRMED
          POSITIVE        | HYDROCEPHALUS_ONLY | TYPICAL | ID           | CONFIRMED
          POSITIVE        | HYDROCEPHALUS_ONLY | OTHER   | ID           | CONFIRMED
          POSITIVE        | NORMAL             | TYPICAL | ID           | CONFIRMED
          POSITIVE        | NORMAL             | OTHER   | ID           | CONFIRMED
          EQUIVOCAL       | LINEAR             | TYPICAL | IIA          | PROBABLE
          EQUIVOCAL       | LINEAR             | OTHER   | IIA          | POSSIBLE
          EQUIVOCAL       | NODULAR            | TYPICAL | IIB          | PROBABLE
          EQUIVOCAL       | NODULAR            | OTHER   | IIB          | POSSIBLE
          EQUIVOCAL       | BOTH               | TYPICAL | IIC          | PROBABLE
          EQUIVOCAL       | BOTH               | OTHER   | IIC          | POSSIBLE
          EQUIVOCAL       | HYDROCEPHALUS_ONLY | TYPICAL | IID          | POSSIBLE
          EQUIVOCAL       | HYDROCEPHALUS_ONLY | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          EQUIVOCAL       | NORMAL             | TYPICAL | IID          | POSSIBLE
          EQUIVOCAL       | NORMAL             | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NEGATIVE        | LINEAR             | TYPICAL | IIA          | PROBABLE
          NEGATIVE        | LINEAR             | OTHER   | IIA          | POSSIBLE
          NEGATIVE        | NODULAR            | TYPICAL | IIB          | PROBABLE
          NEGATIVE        | NODULAR            | OTHER   | IIB          | POSSIBLE
          NEGATIVE        | BOTH               | TYPICAL | IIC          | PROBABLE
          NEGATIVE        | BOTH               | OTHER   | IIC          | POSSIBLE
          NEGATIVE        | HYDROCEPHALUS_ONLY | TYPICAL | IID          | POSSIBLE
          NEGATIVE        | HYDROCEPHALUS_ONLY | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NEGATIVE        | NORMAL             | TYPICAL | IID          | POSSIBLE
          NEGATIVE        | NORMAL             | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NOT_DONE        | LINEAR             | TYPICAL | IIA          | PROBABLE
          NOT_DONE        | LINEAR             | OTHER   | IIA          | POSSIBLE
          NOT_DONE        | NODULAR            | TYPICAL | IIB          | PROBABLE
          NOT_DONE        | NODULAR            | OTHER   | IIB          | POSSIBLE
          NOT_DONE        | BOTH               | TYPICAL | IIC          | PROBABLE
          NOT_DONE        | BOTH               | OTHER   | IIC          | POSSIBLE
          NOT_DONE        | HYDROCEPHALUS_ONLY | TYPICAL | IID          | POSSIBLE
          NOT_DONE        | HYDROCEPHALUS_ONLY | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NOT_DONE        | NORMAL             | TYPICAL | IID          | POSSIBLE
          NOT_DONE        | NORMAL             | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NON_INFORMATIVE | LINEAR             | TYPICAL | IIA          | PROBABLE
          NON_INFORMATIVE | LINEAR             | OTHER   | IIA          | POSSIBLE
          NON_INFORMATIVE | NODULAR            | TYPICAL | IIB          | PROBABLE
          NON_INFORMATIVE | NODULAR            | OTHER   | IIB          | POSSIBLE
          NON_INFORMATIVE | BOTH               | TYPICAL | IIC          | PROBABLE
          NON_INFORMATIVE | BOTH               | OTHER   | IIC          | POSSIBLE
          NON_INFORMATIVE | HYDROCEPHALUS_ONLY | TYPICAL | IID          | POSSIBLE
          NON_INFORMATIVE | HYDROCEPHALUS_ONLY | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          NON_INFORMATIVE | NORMAL             | TYPICAL | IID          | POSSIBLE
          NON_INFORMATIVE | NORMAL             | OTHER   | UNDETERMINED | LACK_OF_EVIDENCE
          """)
  void everyCellOfTheTable(Csf csf, Mri mri, Clinical clinical, LmType type, Certainty certainty) {
    Patient patient = new Patient().with(Given.suspicion(0, Suspicion.LOW), of(mri), of(clinical));
    if (csf != Csf.NOT_DONE) {
      patient.with(of(csf));
    }

    assertThat(patient.visible().type()).isEqualTo(type);
    assertThat(patient.visible().certainty()).isEqualTo(certainty);
  }

  private static Facts.Imaging of(Mri mri) {
    return switch (mri) {
      case LINEAR -> Given.mri(0, Pattern.LINEAR);
      case NODULAR -> Given.mri(0, Pattern.NODULAR);
      case BOTH -> Given.mri(0, Pattern.BOTH);
      case HYDROCEPHALUS_ONLY -> Given.mri(0, Pattern.NONE).hydrocephalus(true);
      case NORMAL -> Given.mri(0, Pattern.NONE).hydrocephalus(false);
    };
  }

  private static Facts.Assessment of(Clinical clinical) {
    return Facts.assessment("signs").signs(clinical == Clinical.TYPICAL ? "DIPLOPIA" : "SEIZURE");
  }

  private static Facts.Csf of(Csf csf) {
    return switch (csf) {
      case POSITIVE -> Given.goodSample(0).positive();
      case EQUIVOCAL -> Given.goodSample(0).equivocal();
      case NEGATIVE -> Given.goodSample(0).negative();
      case NON_INFORMATIVE, NOT_DONE ->
          Facts.csf("csf").volumeMl(2).minutesToProcessing(20).negative();
    };
  }

  @Test
  void mriNotReadIsUndeterminedNeverNormal() {
    Patient patient =
        new Patient()
            .with(
                Given.goodSample(0).negative(),
                Given.mri(0, Pattern.NOT_ASSESSED),
                Facts.assessment("signs").signs("HEADACHE"));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.UNDETERMINED);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void withoutMriPositiveCytologyConfirmsAndTheTypeStaysUndetermined() {
    Patient patient = new Patient().with(Given.goodSample(0).positive());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void unspecifiedEnhancementIsCertainAsLinearWithoutALetter() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.POSITIVE_UNSPECIFIED),
                Facts.assessment("signs").signs("HEADACHE"));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.PROBABLE);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void unspecifiedEnhancementWithoutTypicalSignsIsPossible() {
    Patient patient = new Patient().with(Given.mri(0, Pattern.POSITIVE_UNSPECIFIED));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
  }

  @Test
  void unspecifiedEnhancementWithPositiveCytologyIsConfirmedWithoutALetter() {
    Patient patient =
        new Patient()
            .with(Given.mri(0, Pattern.POSITIVE_UNSPECIFIED), Given.goodSample(0).positive());

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(patient.visible().type()).isEqualTo(LmType.UNDETERMINED);
  }

  @Test
  void positiveMeningealBiopsyIsTypeOne() {
    Patient patient =
        new Patient()
            .with(
                Given.mri(0, Pattern.NODULAR),
                Facts.biopsy("biopsy")
                    .site("leptomeninges")
                    .histology(io.meninx.fact.BiopsyResult.Histology.ADENOCARCINOMA));

    assertThat(patient.visible().type()).isEqualTo(LmType.IB);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void signsNotStatedCountAsOtherAndAreListedAsMissing() {
    Patient patient = new Patient().with(Given.mri(0, Pattern.LINEAR));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(Seen.missingOfClassification(patient)).contains("ASSESSMENT.signs");
  }

  @Test
  void examinedWithoutSignsIsNotMissing() {
    Patient patient =
        new Patient().with(Facts.assessment("signs").signs("NONE"), Given.mri(0, Pattern.LINEAR));

    assertThat(patient.visible().certainty()).isEqualTo(Certainty.POSSIBLE);
    assertThat(Seen.missingOfClassification(patient)).doesNotContain("ASSESSMENT.signs");
  }

  @Test
  void aMeningealBiopsyOfSomethingElseProvesNothing() {
    for (Histology histology : Histology.values()) {
      Patient patient =
          new Patient()
              .with(
                  Given.mri(0, Pattern.LINEAR),
                  Given.histology(1, histology).site("Leptomeninges"));

      assertThat(patient.visible().certainty() == Certainty.CONFIRMED)
          .as(histology.name())
          .isEqualTo(histology != Histology.OTHER && histology != Histology.UNKNOWN);
    }
  }
}
