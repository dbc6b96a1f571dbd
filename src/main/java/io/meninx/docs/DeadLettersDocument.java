package io.meninx.docs;

import io.meninx.wire.PoisonReason;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The table of reasons in topology-docs/dead-letters.md: what each code means and what to do, from
 * the code. The page around it is written by hand.
 */
public final class DeadLettersDocument {
  /** Where it is, from the root of the repository. */
  public static final Path FILE = Path.of("topology-docs", "dead-letters.md");

  private static final String BEGIN = "<!-- reasons: written by `meninx docs` -->\n";
  private static final String END = "<!-- end of reasons -->\n";

  private DeadLettersDocument() {}

  /**
   * The page with the table as it is to be.
   *
   * @param page as it is
   * @throws IllegalArgumentException the page has no place for the table
   */
  public static String withReasons(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(FILE + " has no place for the table of reasons");
    }
    return page.substring(0, begin + BEGIN.length()) + table() + page.substring(end);
  }

  private static String table() {
    return Arrays.stream(PoisonReason.values())
        .map(
            reason ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        reason.name(), reason.kind().name(), reason.meaning(), reason.remedy()))
        .collect(
            Collectors.joining(
                "", "| reason | class | meaning | what to do |\n|---|---|---|---|\n", ""));
  }
}
