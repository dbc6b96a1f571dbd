package io.meninx.guideline;

import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.List;

/**
 * Conditions that must all hold. One that is not known never permits (invariant 6); one that fails
 * outweighs it.
 */
final class Criteria {
  private final RuleRef rule;
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> unmet = new ArrayList<>();
  private boolean failed;
  private boolean unknown;

  Criteria(RuleRef rule) {
    this.rule = rule;
  }

  /**
   * Adds a condition; {@code why} names it in words when it does not hold, {@code field} what is
   * missing when unknown.
   */
  Criteria require(Tri holds, List<Evidence> facts, String why, String field) {
    evidence.addAll(facts);
    switch (holds) {
      case YES -> {}
      case NO -> {
        failed = true;
        unmet.add(why);
      }
      case UNKNOWN -> {
        unknown = true;
        unmet.add(why);
        missing.add(field);
      }
    }
    return this;
  }

  /** Adds data that are wanted but decide nothing. */
  Criteria wanted(List<String> fields) {
    missing.addAll(fields);
    return this;
  }

  Reason reason() {
    Outcome outcome = failed ? Outcome.NOT_MET : unknown ? Outcome.UNKNOWN : Outcome.MET;
    return new Reason(rule, outcome, evidence, missing, unmet);
  }

  boolean met() {
    return !failed && !unknown;
  }

  /** What does not hold or is not known, in words. */
  List<String> unmet() {
    return unmet;
  }
}
