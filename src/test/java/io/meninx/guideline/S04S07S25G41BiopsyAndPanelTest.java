package io.meninx.guideline;

import static io.meninx.guideline.AlertCode.BIOPSY_NEEDED;
import static io.meninx.guideline.AlertCode.MOLECULAR_PANEL_INCOMPLETE;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.pathway.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** S4, G41: histology of the lung mass; EGFR, ALK, BRAF and HER2 in adenocarcinoma. */
class S04S07S25G41BiopsyAndPanelTest {
  private static Facts.Imaging chestCt(boolean lungMass) {
    return Facts.imaging("ct").modality(Modality.CT).lungMass(lungMass);
  }

  // ------------------------------------------------------------------ biopsy

  @Test
  void lungMassWithoutHistology() {
    Patient patient = Given.suspected().with(chestCt(true));

    assertThat(patient.recommends(RecommendationCode.BIOPSY_LUNG_MASS)).isTrue();
    assertThat(Seen.priority(patient, BIOPSY_NEEDED)).contains(Priority.ROUTINE);
  }

  @Test
  void lungMassSeenBeforeTheOpeningCounts() {
    Patient patient = new Patient().with(chestCt(true), Given.mri(5, Pattern.LINEAR));

    assertThat(patient.isOpen(BIOPSY_NEEDED)).isTrue();
  }

  @Test
  void lungMassNotKnownOrAbsentAsksForNoBiopsy() {
    assertThat(Given.suspected().recommends(RecommendationCode.BIOPSY_LUNG_MASS)).isFalse();
    assertThat(
            Given.suspected().with(chestCt(false)).recommends(RecommendationCode.BIOPSY_LUNG_MASS))
        .isFalse();
  }

  @Test
  void knownHistologyAsksForNoBiopsy() {
    Patient patient = Given.suspected().with(chestCt(true), Given.histology(1, Histology.SQUAMOUS));

    assertThat(patient.recommends(RecommendationCode.BIOPSY_LUNG_MASS)).isFalse();
    assertThat(patient.isOpen(BIOPSY_NEEDED)).isFalse();
  }

  @Test
  void preliminaryOrCancelledHistologyIsNotKnown() {
    assertThat(
            Given.suspected()
                .with(chestCt(true), Given.histology(1, Histology.SQUAMOUS).preliminary())
                .recommends(RecommendationCode.BIOPSY_LUNG_MASS))
        .isTrue();
    assertThat(
            Given.suspected()
                .with(chestCt(true), Given.histology(1, Histology.SQUAMOUS).cancelled())
                .isOpen(BIOPSY_NEEDED))
        .isTrue();
  }

  @Test
  void biopsyWithoutHistologyStillAsks() {
    assertThat(
            Given.suspected()
                .with(chestCt(true), Facts.biopsy("b").marker("EGFR", "NEGATIVE"))
                .recommends(RecommendationCode.BIOPSY_LUNG_MASS))
        .isTrue();
  }

  // ------------------------------------------------------------------ panel

  @Test
  void adenocarcinomaWithoutPanelNamesAllFourGenes() {
    Patient patient = Given.suspected().with(Given.histology(0, Histology.ADENOCARCINOMA));

    assertThat(patient.recommends(RecommendationCode.MOLECULAR_TESTING)).isTrue();
    assertThat(patient.open(MOLECULAR_PANEL_INCOMPLETE).orElseThrow().summary())
        .contains("EGFR", "ALK", "BRAF", "HER2");
    assertThat(Seen.priority(patient, MOLECULAR_PANEL_INCOMPLETE)).contains(Priority.ROUTINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PENDING", "FAILED", "NOT_TESTED", "insufficient tissue"})
  void geneWithoutResultIsNamedAndTheOthersAreNot(String braf) {
    Patient patient =
        Given.suspected().with(Given.adenocarcinomaWithoutDriver(0).marker("BRAF", braf));

    assertThat(patient.open(MOLECULAR_PANEL_INCOMPLETE).orElseThrow().missing())
        .containsExactly("BIOPSY.markers.BRAF");
  }

  @Test
  void panelOfNegativesAndAlterationsIsComplete() {
    Patient patient =
        Given.suspected().with(Given.adenocarcinomaWithoutDriver(0).marker("EGFR", "L858R"));

    assertThat(patient.recommends(RecommendationCode.MOLECULAR_TESTING)).isFalse();
    assertThat(patient.isOpen(MOLECULAR_PANEL_INCOMPLETE)).isFalse();
  }

  @Test
  void markersOfSeveralReportsAddUp() {
    Patient patient =
        Given.suspected()
            .with(
                Given.histology(0, Histology.ADENOCARCINOMA)
                    .marker("EGFR", "NEGATIVE")
                    .marker("ALK", "NEGATIVE"),
                Facts.biopsy("second")
                    .day(5)
                    .marker("BRAF", "NEGATIVE")
                    .marker("ERBB2", "NEGATIVE"));

    assertThat(patient.isOpen(MOLECULAR_PANEL_INCOMPLETE)).isFalse();
  }

  @Test
  void preliminaryMarkersDoNotComplete() {
    Patient patient =
        Given.suspected()
            .with(
                Given.histology(0, Histology.ADENOCARCINOMA),
                Given.adenocarcinomaWithoutDriver(3).preliminary());

    assertThat(patient.recommends(RecommendationCode.MOLECULAR_TESTING)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = Histology.class, mode = Mode.EXCLUDE, names = "ADENOCARCINOMA")
  void otherHistologyAsksForNoPanel(Histology histology) {
    Patient patient = Given.suspected().with(Given.histology(0, histology));

    assertThat(patient.recommends(RecommendationCode.MOLECULAR_TESTING)).isFalse();
    assertThat(patient.isOpen(MOLECULAR_PANEL_INCOMPLETE)).isFalse();
  }

  /** S7: which histology it is never diagnoses nor excludes. */
  @ParameterizedTest
  @EnumSource(Histology.class)
  void histologyNeverChangesTheClassification(Histology histology) {
    Patient patient = Given.confirmedLinear().with(Given.histology(0, histology));

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
    assertThat(
            new Patient()
                .with(Given.suspicion(0, Suspicion.HIGH), Given.histology(0, histology))
                .visible()
                .certainty())
        .isEqualTo(Certainty.UNDETERMINED);
  }

  /** Contract section 3: a negative finding counts only where it could have been seen. */
  @Test
  void aBrainMriDoesNotClearTheLung() {
    Patient patient =
        Given.suspected().with(chestCt(true), Given.mri(3, Pattern.NONE).lungMass(false));
    assertThat(patient.isOpen(BIOPSY_NEEDED)).isTrue();

    patient.with(
        Facts.imaging("chest")
            .modality(Modality.CT)
            .regions(io.meninx.fact.ImagingReport.Region.CHEST)
            .lungMass(false)
            .day(4));
    assertThat(patient.isOpen(BIOPSY_NEEDED)).isFalse();
  }

  /** What was pending before the opening is not asked for when it is late: then nobody would. */
  @Test
  void aBiopsyThatWasOrderedBeforeTheOpeningIsWaitedForOnlySoLong() {
    Patient patient =
        new Patient()
            .with(
                Facts.biopsy("b").day(-3).pending(),
                Given.suspicion(0, io.meninx.fact.ClinicalAssessment.Suspicion.HIGH),
                chestCt(true));
    assertThat(patient.isOpen(BIOPSY_NEEDED)).isFalse();

    patient.untilDay(30);
    assertThat(patient.isOpen(BIOPSY_NEEDED)).isTrue();
  }

  @Test
  void someNonSmallCellCancerDoesNotTakeBackWhichOneItIs() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.histology(-5, Histology.ADENOCARCINOMA),
                Given.histology(5, Histology.NSCLC_NOS));
    assertThat(patient.isOpen(MOLECULAR_PANEL_INCOMPLETE)).isTrue();

    patient.with(Given.histology(6, Histology.SQUAMOUS), Given.histology(7, Histology.NSCLC_NOS));
    assertThat(patient.asksBoard("G44")).as("squamous, said last").isTrue();
    patient.with(Given.histology(8, Histology.SMALL_CELL), Given.histology(9, Histology.NSCLC_NOS));
    assertThat(patient.asksBoard("G44")).as("of which small cell is none").isFalse();
    assertThat(patient.isOpen(MOLECULAR_PANEL_INCOMPLETE)).isFalse();
  }

  /** Words that name no alteration must not permit what one does, and are not "negative" either. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Negative (FISH)",
        "neg.",
        "no mutation found",
        "not tested",
        "Failed: no tumour",
        "pending, sent out",
        "wild type (NGS)",
        "insufficient material"
      })
  void aTextThatNamesNoAlterationIsNone(String text) {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(Given.adenocarcinomaWithoutDriver(0).marker("ALK", text));

    assertThat(patient.recommends(RecommendationCode.CNS_PENETRANT_ALK_INHIBITOR)).isFalse();
    assertThat(patient.open(AlertCode.MOLECULAR_PANEL_INCOMPLETE).orElseThrow().summary())
        .contains("ALK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EML4-ALK", "fusion", "positive", "nonV600", "NOTCH1-like"})
  void anyOtherTextIsAnAlteration(String text) {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(Given.adenocarcinomaWithoutDriver(0).marker("ALK", text));

    assertThat(patient.recommends(RecommendationCode.CNS_PENETRANT_ALK_INHIBITOR)).isTrue();
  }

  /** Of two results of one gene in one report neither is newer: it is not known. */
  @Test
  void oneGeneUnderTwoNamesWithTwoResultsIsAConflict() {
    for (String[] results :
        new String[][] {{"exon 20 insertion", "NEGATIVE"}, {"NEGATIVE", "exon 20 insertion"}}) {
      Patient patient =
          Given.confirmedInGoodStatus()
              .with(
                  Given.adenocarcinomaWithoutDriver(0)
                      .marker("ERBB2", results[0])
                      .marker("HER2", results[1]));

      assertThat(patient.recommends(RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE)).isFalse();
      assertThat(patient.isOpen(AlertCode.MOLECULAR_PANEL_INCOMPLETE)).isTrue();
      assertThat(patient.open(AlertCode.DATA_CONFLICT).orElseThrow().summary()).contains("HER2");
    }
  }

  @Test
  void theSameOrOnlyOneResultUnderTwoNamesIsNone() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.adenocarcinomaWithoutDriver(0)
                    .marker("braf", "negative")
                    .marker("ERBB2", "PENDING"));

    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
    assertThat(patient.recommends(RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE)).isTrue();
  }

  /** A report that contradicts itself is the newest word, and takes back what an older one said. */
  @Test
  void aContradictionAfterANegativeIsNotDropped() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.adenocarcinomaWithoutDriver(0),
                Facts.biopsy("ngs")
                    .day(5)
                    .marker("HER2", "NEGATIVE")
                    .marker("HER-2", "NEGATIVE")
                    .marker("ERBB2", "exon 20 insertion"));

    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isTrue();
    assertThat(patient.recommends(RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE)).isFalse();
  }

  @Test
  void twoAlterationsOfOneGeneAreBothFound() {
    Patient patient =
        Given.confirmedInGoodStatus()
            .with(
                Given.adenocarcinomaWithoutDriver(0)
                    .marker("EGFR", "L858R")
                    .marker("Egfr", "p.L858R"));

    assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
    assertThat(patient.recommends(RecommendationCode.THIRD_GENERATION_EGFR_TKI)).isTrue();
  }

  @Test
  void pendingUnderOneNameIsWaitedFor() {
    for (String[] results :
        new String[][] {{"NOT_TESTED", "PENDING"}, {"FAILED", "Pending (sent)"}}) {
      Patient patient =
          Given.confirmedInGoodStatus()
              .with(
                  Given.histology(0, Histology.ADENOCARCINOMA)
                      .marker("ERBB2", results[0])
                      .marker("HER2", results[1]))
              .untilDay(30);

      assertThat(patient.isOpen(AlertCode.DATA_CONFLICT)).isFalse();
      assertThat(patient.open(AlertCode.RESULT_OVERDUE).orElseThrow().summary()).contains("HER2");
    }
  }
}
