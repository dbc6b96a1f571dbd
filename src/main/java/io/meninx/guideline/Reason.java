package io.meninx.guideline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * Why something stands.
 *
 * @param rule that gave it
 * @param outcome of the rule
 * @param evidence it rests on, without repeats; of more than 200 pieces those in the middle are
 *     only counted, by the piece in their place
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
  private static final int MOST = 200;

  public Reason {
    evidence = shortened(distinct(evidence));
    missing = missing.size() < 2 ? List.copyOf(missing) : List.copyOf(new TreeSet<>(missing));
    unmet = List.copyOf(unmet);
  }

  /** In the order given. Loops and no stream: there are dozens of reasons in every decision. */
  private static List<Evidence> distinct(List<Evidence> evidence) {
    if (evidence.size() > MOST) {
      return List.copyOf(new LinkedHashSet<>(evidence));
    }
    for (int i = 1; i < evidence.size(); i++) {
      Evidence one = evidence.get(i);
      int hash = one.factId().hashCode(); // kept by the text, so that most are told apart at once
      for (int j = 0; j < i; j++) {
        Evidence other = evidence.get(j);
        if (hash == other.factId().hashCode() && one.equals(other)) {
          return List.copyOf(new LinkedHashSet<>(evidence));
        }
      }
    }
    return List.copyOf(evidence);
  }

  /** What is decided has to be sent and read, and may rest on thousands of reports. */
  private static List<Evidence> shortened(List<Evidence> evidence) {
    int size = evidence.size();
    if (size <= MOST) {
      return evidence;
    }
    int half = MOST / 2;
    List<Evidence> some = new ArrayList<>(evidence.subList(0, half));
    some.set(half - 1, evidence.get(half - 1).andMore(size - MOST));
    some.addAll(evidence.subList(size - half, size));
    return List.copyOf(some);
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
