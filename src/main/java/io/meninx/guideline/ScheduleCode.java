package io.meninx.guideline;

/** What is due again and again, or once by a date. */
public enum ScheduleCode {
  INTRATHECAL_METHOTREXATE("S16", "G33", "G34", "G35"),
  MRI_NEUROAXIS("S34"),
  NEUROLOGICAL_EXAM("S33"),
  REPEAT_LUMBAR_PUNCTURE("S6", "S5", "S30", "G13"),
  FLOW_RESTUDY("S28", "G24", "G25"),
  SYSTEMIC_RESTAGING("S36", "G4"),
  KPS("S24", "G3"),
  PALLIATIVE_REFERRAL("S19", "G56");

  private final RuleRef rule;

  ScheduleCode(String rule, String... more) {
    this.rule = RuleRef.of(rule, more);
  }

  /** The rule that issues and ends it. */
  public RuleRef rule() {
    return rule;
  }
}
