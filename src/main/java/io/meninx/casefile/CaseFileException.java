package io.meninx.casefile;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A case file that cannot be used. Its message is one line that says the file and, for every
 * problem, the JSON path and the reason; it never repeats a value of the file.
 */
public final class CaseFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** More are counted and not printed: a file of the wrong kind has one for each of its lines. */
  private static final int PRINTED_AT_MOST = 20;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param file what the user called the file
   * @param problems all that is wrong with it, at least one
   */
  public CaseFileException(String file, List<Problem> problems) {
    super(file + ": " + inOneLine(problems));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong with the file, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  private static String inOneLine(List<Problem> problems) {
    String printed =
        problems.stream()
            .limit(PRINTED_AT_MOST)
            .map(problem -> problem.path() + ": " + problem.reason())
            .collect(Collectors.joining("; "));
    int more = problems.size() - PRINTED_AT_MOST;
    return more > 0 ? printed + "; and " + more + " more" : printed;
  }

  /**
   * One thing that is wrong.
   *
   * @param path where, as a JSON path such as {@code $.facts[3].kps}
   * @param reason what is wrong and what would be right
   */
  public record Problem(String path, String reason) {}
}
