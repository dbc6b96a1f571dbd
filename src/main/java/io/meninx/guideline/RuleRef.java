package io.meninx.guideline;

import java.util.List;

/**
 * The rule behind a decision.
 *
 * @param id its id, for instance S6 or G23
 * @param statements the statements of the source and the gap defaults it implements
 */
public record RuleRef(String id, List<String> statements) {
  public RuleRef {
    statements = List.copyOf(statements);
  }

  /** A rule whose statements start with its own id. */
  public static RuleRef of(String id, String... more) {
    List<String> all = new java.util.ArrayList<>();
    all.add(id);
    all.addAll(List.of(more));
    return new RuleRef(id, all);
  }
}
