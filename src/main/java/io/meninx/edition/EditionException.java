package io.meninx.edition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A guideline edition that cannot be used. Its message has a line for every problem: key path,
 * value and what is allowed. Values are shown only for keys of an edition, so that a file of
 * another kind, given by mistake, is not repeated here.
 */
public final class EditionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** More are counted and not printed: a file of the wrong kind has one for each of its lines. */
  private static final int PRINTED_AT_MOST = 100;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param edition what the user called the edition
   * @param problems all that is wrong with it, at least one
   */
  public EditionException(String edition, List<Problem> problems) {
    super("guideline edition " + edition + ": " + inLines(problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the check. */
  public List<Problem> problems() {
    return problems;
  }

  private static String inLines(List<Problem> problems) {
    if (problems.size() == 1) {
      return problems.getFirst().toString();
    }
    String printed =
        problems.stream()
            .limit(PRINTED_AT_MOST)
            .map(problem -> "\n  " + problem)
            .collect(Collectors.joining());
    int more = problems.size() - PRINTED_AT_MOST;
    return problems.size()
        + " problems"
        + (more > 0 ? printed + "\n  and " + more + " more" : printed);
  }

  /**
   * One thing that is wrong.
   *
   * @param path where, such as {@code schedules.firstMri.due}; empty for the file as a whole
   * @param reason what is wrong and what is allowed
   */
  public record Problem(String path, String reason) {
    @Override
    public String toString() {
      return path.isEmpty() ? reason : path + ": " + reason;
    }
  }
}
