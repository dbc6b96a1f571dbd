package io.meninx.pathway;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.TreatmentEvent;

/** Facts that many tests begin with. */
public final class Scenes {
  private Scenes() {}

  /** Everything S15 asks for on day 0: type IA, thin deposits, open flow, good arm. */
  public static Facts.Builder<?>[] eligible() {
    return new Facts.Builder<?>[] {mri(), csf(), flow("flow", 0), kps(0), visit()};
  }

  /** A patient for whom intrathecal treatment can be considered from day 0. */
  public static Patient eligiblePatient() {
    return new Patient().with(eligible());
  }

  public static Facts.Imaging mri() {
    return Facts.fullMri("mri")
        .day(0)
        .tesla(3)
        .pattern(ImagingReport.Pattern.LINEAR)
        .thinDeposits(true);
  }

  public static Facts.Csf csf() {
    return Facts.csf("csf").day(0).positive().volumeMl(12).minutesToProcessing(10);
  }

  public static Facts.Performance kps(int day) {
    return Facts.kps("kps" + day, 90).day(day);
  }

  public static Facts.Assessment visit() {
    return Facts.assessment("visit")
        .day(0)
        .signs("HEADACHE")
        .extracranial(ClinicalAssessment.ExtracranialDisease.CONTROLLED);
  }

  /** Open flow. */
  public static Facts.Imaging flow(String reportId, int day) {
    return flow(reportId, day, ImagingReport.CsfFlow.UNOBSTRUCTED);
  }

  public static Facts.Imaging flow(String reportId, int day, ImagingReport.CsfFlow flow) {
    return Facts.imaging(reportId)
        .modality(ImagingReport.Modality.CSF_FLOW_STUDY)
        .day(day)
        .flow(flow);
  }

  public static Facts.Imaging obstructed(String reportId, int day) {
    return flow(reportId, day, ImagingReport.CsfFlow.OBSTRUCTED);
  }

  /** Radiotherapy given. */
  public static Facts.Treatment radiotherapy(
      String reportId, int day, TreatmentEvent.Field field, TreatmentEvent.Action action) {
    return Facts.treatment(reportId, TreatmentEvent.Modality.RADIOTHERAPY, action)
        .day(day)
        .field(field);
  }

  /** A dose of 15 mg methotrexate by a reservoir, of the order "it". */
  public static Facts.Treatment dose(String reportId, int day) {
    return methotrexate(reportId, day, TreatmentEvent.Action.ADMINISTERED).doseMg(15);
  }

  /** Intrathecal methotrexate by a reservoir, of the order "it". */
  public static Facts.Treatment methotrexate(
      String reportId, int day, TreatmentEvent.Action action) {
    return Facts.methotrexate(reportId, action)
        .day(day)
        .order("it")
        .route(TreatmentEvent.Route.OMMAYA);
  }

  /** Blood values that fit, and nothing against a dose. */
  public static Facts.Assessment fittingLabs(String reportId, int day) {
    return Facts.assessment(reportId).day(day).labs(150, 1.0, 3, 90).pleuralEffusion(false);
  }
}
