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
 * @param evidence it rests on, without repeats; of more than 200 pieces, or more than 32 KiB of
 *     text, those in the middle are only counted, by the piece in front of them
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

  /**
   * Ids and values together, in UTF-8: the reasons of all that one decision raises go into one
   * journal entry, which has to be sent. Room for 200 pieces of the usual length.
   */
  private static final int MOST_BYTES = 32 * 1024;

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
    int number = fitting(evidence);
    if (number == size) {
      return evidence;
    }
    int last = number / 2;
    int first = number - last;
    List<Evidence> some = new ArrayList<>(evidence.subList(0, first));
    some.set(first - 1, evidence.get(first - 1).andMore(size - number));
    some.addAll(evidence.subList(size - last, size));
    return List.copyOf(some);
  }

  /** How many pieces there is room for, taken in turn from the front and from the end. */
  private static int fitting(List<Evidence> evidence) {
    int size = evidence.size();
    int most = Math.min(size, MOST);
    if (most * Evidence.MOST_BYTES <= MOST_BYTES) {
      return most;
    }
    int bytes = 0;
    for (int i = 0; i < most; i++) {
      bytes += evidence.get(i % 2 == 0 ? i / 2 : size - 1 - i / 2).bytes();
      if (bytes > MOST_BYTES) {
        return i;
      }
    }
    return most;
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
