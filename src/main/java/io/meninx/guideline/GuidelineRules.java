package io.meninx.guideline;

import io.meninx.fact.Report;
import io.meninx.fact.ReportList;
import java.time.Instant;
import java.util.List;

/**
 * The rules of the guideline over a patient's reports at a moment. A pure function: the same
 * reports and time give the same findings, in whatever order the reports came.
 */
public final class GuidelineRules {
  private final Parameters parameters;
  private final Agents agents;

  /** Rules with these numbers and words. */
  public GuidelineRules(Parameters parameters) {
    this.parameters = parameters;
    this.agents = new Agents(parameters.vocabulary());
  }

  /**
   * Everything that stands.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   * @param corrections those told, and those before them in an unbroken chain, from {@link
   *     #corrections}
   * @param now logical time
   */
  public Findings evaluate(List<Report> reports, List<Correction> corrections, Instant now) {
    return review(ReportList.copyOf(reports)).at(corrections, now);
  }

  /** The rules over these reports, for more than one decision. */
  public Review review(ReportList reports) {
    return new Review(reports, agents, parameters);
  }

  /**
   * The corrections that changed the basis of a treatment; needs every report of the patient, not
   * only the retained ones.
   */
  public List<Correction> corrections(List<Report> allReports, Instant now) {
    return new Corrections(this, parameters, allReports).at(now);
  }

  /**
   * Whether there may be corrections; if not, {@link #corrections} gives none.
   *
   * @param retained reports, among them all treatments and all that have several versions
   */
  public boolean mayCorrect(List<Report> retained, Instant now) {
    return new Corrections(this, parameters, retained).possible(now);
  }

  /**
   * The rules over these reports as they are: what a treatment is based on. Preliminary results
   * take no part.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   */
  Evaluation basis(List<Report> reports) {
    return new Evaluation(picture(reports), parameters);
  }

  Picture picture(List<Report> reports) {
    return new Picture(reports, agents, false);
  }
}
