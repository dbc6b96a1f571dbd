package io.meninx.guideline;

import java.util.List;

/**
 * Why something stands.
 *
 * @param rule that gave it
 * @param outcome of the rule
 * @param evidence it rests on
 * @param missing data that would be needed, as KIND.field, sorted and without repeats
 * @param unmet conditions that do not hold or are not known, in words; empty when the rule has one
 *     condition only
 */
public record Reason(
    RuleRef rule,
    Outcome outcome,
    List<Evidence> evidence,
    List<String> missing,
    List<String> unmet) {
  public Reason {
    evidence = evidence.stream().distinct().toList();
    missing = missing.stream().distinct().sorted().toList();
    unmet = List.copyOf(unmet);
  }

  /** A reason with one condition. */
  public Reason(RuleRef rule, Outcome outcome, List<Evidence> evidence, List<String> missing) {
    this(rule, outcome, evidence, missing, List.of());
  }

  /** A condition that is met. */
  public static Reason met(RuleRef rule, List<Evidence> evidence) {
    return new Reason(rule, Outcome.MET, evidence, List.of());
  }

  /** A condition that is met, with data that would still be wanted. */
  public static Reason met(RuleRef rule, List<Evidence> evidence, List<String> missing) {
    return new Reason(rule, Outcome.MET, evidence, missing);
  }
}
