package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Committed files that are written from the program: told by the first line that differs. */
final class UpToDate {
  private UpToDate() {}

  static void assertSame(Path file, String generated) throws IOException {
    String committed = Files.readString(file);
    if (committed.equals(generated)) {
      return;
    }
    List<String> old = committed.lines().toList();
    List<String> now = generated.lines().toList();
    int line = 0;
    while (line < old.size() && line < now.size() && old.get(line).equals(now.get(line))) {
      line++;
    }
    assertThat(line(old, line))
        .as("%s is out of date, first in line %s: run ./meninx docs", file, line + 1)
        .isEqualTo(line(now, line));
    throw new AssertionError(file + " is out of date, in ends of lines: run ./meninx docs");
  }

  private static String line(List<String> lines, int number) {
    return number < lines.size() ? lines.get(number) : "(end)";
  }
}
