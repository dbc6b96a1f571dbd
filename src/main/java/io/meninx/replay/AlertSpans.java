package io.meninx.replay;

import io.meninx.pathway.AlertRevision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts revisions of a patient's alerts together to lives. */
final class AlertSpans {
  private final List<AlertSpan> ended = new ArrayList<>();
  private final Map<String, AlertSpan> open = new LinkedHashMap<>();

  void add(JournalPosition position, AlertRevision revision) {
    AlertSpan before = open.remove(revision.alertKey());
    AlertSpan span =
        before == null ? AlertSpan.opened(position, revision) : before.with(position, revision);
    if (span.endedAt().isPresent()) {
      ended.add(span);
    } else {
      open.put(span.alertKey(), span);
    }
  }

  /** All lives, in the order in which they began. */
  List<AlertSpan> all() {
    List<AlertSpan> all = new ArrayList<>(ended);
    all.addAll(open.values());
    all.sort(
        java.util.Comparator.comparing(AlertSpan::openedAt)
            .thenComparing(span -> span.code().name())
            .thenComparing(AlertSpan::alertKey));
    return all;
  }

  /** Lives that ended and were not asked for yet. */
  List<AlertSpan> takeEnded() {
    List<AlertSpan> taken = List.copyOf(ended);
    ended.clear();
    return taken;
  }
}
