package io.meninx.guideline;

/** What stands against an act while its condition is met, ordered or not. */
public enum ContraindicationCode {
  INTRATHECAL_FLOW_OBSTRUCTED("S28", "G23", "G24", "G25"),
  METHOTREXATE_AFTER_CRANIOSPINAL("S29", "G27", "G30"),
  CRANIOSPINAL_AFTER_METHOTREXATE("S29", "G27", "G30"),
  METHOTREXATE_NEAR_WHOLE_BRAIN("G28", "S29"),
  WHOLE_BRAIN_NEAR_METHOTREXATE("G28", "S29"),
  AGGRESSIVE_THERAPY_POOR_STATUS("S21", "G7", "G8", "G56"),
  LUMBAR_PUNCTURE_MASS_EFFECT("G39"),
  LUMBAR_PUNCTURE_LABS("G37", "G38");

  private final RuleRef rule;

  ContraindicationCode(String rule, String... more) {
    this.rule = RuleRef.of(rule, more);
  }

  /** The rule that raises and lifts it. */
  public RuleRef rule() {
    return rule;
  }

  /** Whether it stands against intrathecal treatment by whatever route. */
  boolean forbidsIntrathecal() {
    return switch (this) {
      case INTRATHECAL_FLOW_OBSTRUCTED,
          METHOTREXATE_AFTER_CRANIOSPINAL,
          METHOTREXATE_NEAR_WHOLE_BRAIN,
          AGGRESSIVE_THERAPY_POOR_STATUS ->
          true;
      case CRANIOSPINAL_AFTER_METHOTREXATE,
          WHOLE_BRAIN_NEAR_METHOTREXATE,
          LUMBAR_PUNCTURE_MASS_EFFECT,
          LUMBAR_PUNCTURE_LABS ->
          false;
    };
  }
}
