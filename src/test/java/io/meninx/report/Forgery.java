package io.meninx.report;

import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Revisions;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.Recording;
import java.util.ArrayList;
import java.util.List;

/** A journal in which somebody played down an alert and made the links fit. */
final class Forgery {
  static final String SUMMARY = "all is well <script>alert(1)</script>";

  private Forgery() {}

  static List<JournalRecord> of(List<JournalRecord> records) {
    int index = 0;
    while (Recording.entry(records.get(index)).groups().stream()
        .allMatch(group -> group.alerts().isEmpty())) {
      index++;
    }
    return Recording.forged(records, index, Forgery::playedDown);
  }

  private static JournalEntry playedDown(JournalEntry entry) {
    List<Group> groups = new ArrayList<>();
    for (Group group : entry.groups()) {
      List<AlertRevision> alerts =
          groups.isEmpty()
              ? group.alerts().stream().map(alert -> Revisions.playedDown(alert, SUMMARY)).toList()
              : group.alerts();
      groups.add(Recording.withDecisions(group, group.events(), alerts));
    }
    return Recording.withGroups(entry, groups, entry.coordinates());
  }
}
