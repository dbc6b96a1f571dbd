package io.meninx.service.settings;

import io.meninx.edition.EditionException.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Settings that cannot be used. Its message has a line for every mistake: the key, with the name of
 * the environment variable where the value came from there, the value unless it is a secret, and
 * what is allowed.
 */
public final class SettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param source the file, as the user called it
   * @param problems all that is wrong, at least one
   */
  public SettingsException(String source, List<Problem> problems) {
    super(
        source
            + ": "
            + (problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes")
            + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the check. */
  public List<Problem> problems() {
    return problems;
  }
}
