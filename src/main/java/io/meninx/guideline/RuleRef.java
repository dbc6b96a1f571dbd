package io.meninx.guideline;

import java.util.ArrayList;
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

  /**
   * A rule; its own id is the first of the statements when it is one (S6, G23), not when it is a
   * name of ours.
   */
  public static RuleRef of(String id, String... more) {
    List<String> all = new ArrayList<>();
    if (isStatement(id)) {
      all.add(id);
    }
    all.addAll(List.of(more));
    return new RuleRef(id, all);
  }

  private static boolean isStatement(String id) {
    return id.length() > 1
        && (id.charAt(0) == 'S' || id.charAt(0) == 'G')
        && Character.isDigit(id.charAt(1));
  }
}
