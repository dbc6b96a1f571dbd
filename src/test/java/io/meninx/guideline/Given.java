package io.meninx.guideline;

import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.pathway.Patient;

/** Facts that many tests start from, by what they mean to a clinician. */
final class Given {
  private Given() {}

  /** A conforming MRI of the neuroaxis on this day. */
  static Facts.Imaging mri(int day, Pattern pattern) {
    return Facts.fullMri("mri-" + day).tesla(3.0).day(day).pattern(pattern);
  }

  /** A CSF sample as large and as fast as it should be. */
  static Facts.Csf goodSample(int day) {
    return Facts.csf("csf-" + day).day(day).volumeMl(10.5).minutesToProcessing(20);
  }

  static Facts.Assessment suspicion(int day, Suspicion suspicion) {
    return Facts.assessment("suspicion-" + day).day(day).suspicion(suspicion);
  }

  static Facts.Performance kps(int day, int kps) {
    return Facts.kps("kps-" + day, kps).day(day);
  }

  static Facts.Assessment extracranial(int day, ExtracranialDisease disease) {
    return Facts.assessment("extracranial-" + day).day(day).extracranial(disease);
  }

  static Facts.Biopsy histology(int day, Histology histology) {
    return Facts.biopsy("biopsy-" + day).day(day).histology(histology);
  }

  /** Adenocarcinoma with the whole panel negative. */
  static Facts.Biopsy adenocarcinomaWithoutDriver(int day) {
    return histology(day, Histology.ADENOCARCINOMA)
        .marker("EGFR", "NEGATIVE")
        .marker("ALK", "NEGATIVE")
        .marker("BRAF", "NEGATIVE")
        .marker("HER2", "NEGATIVE");
  }

  static Facts.Treatment systemic(String id, Action action, String agent) {
    return Facts.treatment(id, Modality.SYSTEMIC, action).agent(agent);
  }

  static Facts.Treatment radiotherapy(String id, Action action) {
    return Facts.treatment(id, Modality.RADIOTHERAPY, action);
  }

  /** Linear enhancement and tumour cells in the CSF on day 0: IA, confirmed. */
  static Patient confirmedLinear() {
    return new Patient().with(mri(0, Pattern.LINEAR), goodSample(0).positive());
  }

  /** IA, confirmed, KPS 90 and extracranial disease controlled, all on day 0. */
  static Patient confirmedInGoodStatus() {
    return confirmedLinear().with(kps(0, 90), extracranial(0, ExtracranialDisease.CONTROLLED));
  }

  /** IA, confirmed, KPS 50 on day 0. */
  static Patient confirmedInPoorStatus() {
    return confirmedLinear().with(kps(0, 50));
  }

  /** Not confirmed, only suspected, since day 0. */
  static Patient suspected() {
    return new Patient().with(suspicion(0, Suspicion.HIGH));
  }
}
