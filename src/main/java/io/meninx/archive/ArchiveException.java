package io.meninx.archive;

import java.util.List;

/**
 * An archive that is not in order. Its message has a line for every problem, with the name of the
 * file; no patient.
 */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** More are counted and not printed. */
  private static final int PRINTED_AT_MOST = 50;

  private final transient List<String> problems;

  /**
   * Creates the exception.
   *
   * @param problems what is wrong, at least one
   */
  public ArchiveException(List<String> problems) {
    super(inLines(problems));
    this.problems = List.copyOf(problems);
  }

  /** One problem. */
  public ArchiveException(String problem) {
    this(List.of(problem));
  }

  /** One problem with what caused it. */
  public ArchiveException(String problem, Throwable cause) {
    this(List.of(problem));
    initCause(cause);
  }

  /** What is wrong, in order. */
  public List<String> problems() {
    return problems;
  }

  private static String inLines(List<String> problems) {
    int more = problems.size() - PRINTED_AT_MOST;
    String lines = String.join("\n", problems.stream().limit(PRINTED_AT_MOST).toList());
    return more > 0 ? lines + "\nand " + more + " more" : lines;
  }
}
