package io.meninx.report;

import io.meninx.guideline.ScheduleEntry;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The entries of a schedule in words. */
final class Entries {
  private static final int SHOWN = 4;

  private Entries() {}

  static String words(List<ScheduleEntry> entries) {
    String shown =
        entries.stream()
            .limit(SHOWN)
            .map(
                entry ->
                    entry.dueAt().atOffset(ZoneOffset.UTC).toLocalDate()
                        + " "
                        + entry.state().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    int more = entries.size() - SHOWN;
    return shown + (more > 0 ? " and " + more + " more" : "");
  }
}
