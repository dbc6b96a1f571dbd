package io.meninx.replay;

import io.meninx.journal.Chain;
import io.meninx.journal.Sha256;
import io.meninx.replay.ChainReport.Break;
import io.meninx.replay.ChainReport.Fault;
import java.util.ArrayList;
import java.util.List;

/** Verifies links and numbers of a partition's journal, entry by entry. */
final class ChainAudit {
  private final List<Break> breaks = new ArrayList<>();
  private Sha256 link = Chain.GENESIS;
  private Sha256 following = Chain.GENESIS;
  private long first = -1;
  private long next;
  private boolean linkHolds = true;

  /** Verifies the link of a record. Call before {@link #number}. */
  void link(JournalRecord record) {
    linkHolds = record.follows(link);
    following = record.link();
  }

  /** The number of the entry that is expected. */
  long expected() {
    return next;
  }

  /** Whether the journal begins with its first entry. */
  boolean fromTheBeginning() {
    return first == 0;
  }

  /** Verifies the number of the entry whose link was verified last. */
  void number(long sequence) {
    if (first < 0) {
      first = sequence;
    }
    if (sequence < next) {
      fault(sequence, Fault.REPEATED, "entry " + next + " is expected here");
      return; // what comes now follows from the last entry that was expected
    }
    if (sequence > next) {
      fault(sequence, Fault.MISSING, missing(sequence));
    } else if (!linkHolds) {
      fault(
          sequence,
          Fault.LINK,
          "the entry or the one before it is not what was written: its link does not follow");
    }
    link = following;
    next = sequence + 1;
  }

  private String missing(long sequence) {
    String range =
        sequence - 1 == next ? "entry " + next : "entries " + next + " to " + (sequence - 1);
    return next == 0
        ? range + " missing: the journal does not begin here; an archive may hold what is older"
        : range + " missing";
  }

  /** An entry that can't be decoded. */
  void unreadable(String reason) {
    if (first < 0) {
      first = next;
    }
    fault(next, Fault.UNREADABLE, reason);
    link = following;
    next++;
  }

  /** Something else that is wrong at an entry. */
  void fault(long sequence, Fault fault, String detail) {
    if (breaks.size() < ChainReport.MOST_BREAKS) {
      breaks.add(new Break(sequence, fault, detail));
    }
  }

  ChainReport report() {
    return new ChainReport(Math.max(0, first), next, link.hex(), breaks);
  }
}
