package io.meninx.guideline;

/**
 * What a rule can look at: a kind of facts in the picture, or what was found from them by others. A
 * set of aspects is a long with the {@link #bit} of each.
 */
enum Aspect {
  // Of the picture; assessments by what they state, in the order of Statement.
  SIGNS,
  SUSPICION,
  EXTRACRANIAL_DISEASE,
  LIFE_EXPECTANCY,
  SEVERE_SYMPTOMS,
  NEUROLOGICAL_EXAM,
  OMMAYA_FEASIBLE,
  RESTAGING_DONE,
  PLEURAL_EFFUSION,
  DECLINES,
  PALLIATIVE_REFERRAL,
  LABS,
  DEXAMETHASONE,
  /** Whether there is any assessment at all. */
  ASSESSED,
  IMAGING,
  CSF,
  BIOPSIES,
  PERFORMANCE,
  ACTS,
  OUTCOMES,
  RESPONSES,
  PENDING,
  IMPLAUSIBLE,
  /** All reports, whatever they say. */
  REPORTS,
  /** Reports with more than one version. */
  AMENDED,
  /** What was known at an earlier time. */
  KNOWN_THEN,
  // Found from it.
  CLASSIFICATION,
  STATUS,
  FLOW,
  MOLECULAR,
  COURSES,
  DECLINED,
  STAGE,
  GATE,
  RESPONSE,
  /** Given from outside, with the reports. */
  CORRECTIONS,
  // What rules give, for rules that come after them.
  CONTRAINDICATIONS,
  RECOMMENDATIONS,
  SCHEDULES,
  ALERTS,
  QUESTIONS;

  /** Its bit in a set. */
  long bit() {
    return 1L << ordinal();
  }

  /** Assessments that state this. */
  static Aspect of(Statement statement) {
    return BY_STATEMENT[statement.ordinal()];
  }

  private static final Aspect[] BY_STATEMENT = byStatement();

  private static Aspect[] byStatement() {
    Statement[] statements = Statement.values();
    Aspect[] aspects = new Aspect[statements.length];
    for (Statement statement : statements) {
      aspects[statement.ordinal()] = valueOf(statement.name());
    }
    return aspects;
  }
}
