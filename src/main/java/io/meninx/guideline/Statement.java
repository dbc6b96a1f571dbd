package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.ClinicalAssessment.ExtracranialDisease;
import io.meninx.fact.ClinicalAssessment.NeurologicalExam;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import java.util.function.Predicate;

/**
 * What a clinical assessment may state. Most assessments state one or two of these, and a rule asks
 * for those that state what it is about.
 */
enum Statement {
  SIGNS(fact -> !fact.signs().isEmpty()),
  SUSPICION(fact -> fact.suspicion() != Suspicion.UNKNOWN),
  EXTRACRANIAL_DISEASE(fact -> fact.extracranialDisease() != ExtracranialDisease.UNKNOWN),
  LIFE_EXPECTANCY(fact -> fact.lifeExpectancyDays().isPresent()),
  SEVERE_SYMPTOMS(fact -> fact.severeSymptoms().known()),
  NEUROLOGICAL_EXAM(fact -> fact.neurologicalExam() != NeurologicalExam.UNKNOWN),
  OMMAYA_FEASIBLE(fact -> fact.ommayaFeasible().known()),
  RESTAGING_DONE(fact -> fact.restagingDone().known()),
  PLEURAL_EFFUSION(fact -> fact.pleuralEffusion().known()),
  DECLINES(fact -> fact.declines().isPresent()),
  PALLIATIVE_REFERRAL(fact -> fact.palliativeReferral().known()),
  LABS(fact -> fact.labs().isPresent()),
  DEXAMETHASONE(fact -> fact.dexamethasoneMg().isPresent());

  private final Predicate<ClinicalAssessment> states;

  Statement(Predicate<ClinicalAssessment> states) {
    this.states = states;
  }

  boolean in(ClinicalAssessment assessment) {
    return states.test(assessment);
  }
}
