package io.meninx.fact;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reports in {@link Report#FOLD_ORDER}; can't be changed. A list that is made of another one shares
 * with it what both have, so that one more report costs the same however many there are, and so
 * that what two lists differ in is found without going through what they share.
 */
public final class ReportList extends AbstractList<Report> {
  /** Without any report. */
  public static final ReportList EMPTY = new ReportList(new Report[0][], List.of(), Instant.MIN);

  private static final int CHUNK = 64;

  /** In order, none of them empty; never changed once they are in a list. */
  private final Report[][] chunks;

  /** How many reports there are up to the end of each. */
  private final int[] ends;

  private final List<Report> amended;
  private final Instant lastAmended;

  private ReportList(Report[][] chunks, List<Report> amended, Instant lastAmended) {
    this.chunks = chunks;
    this.amended = amended;
    this.lastAmended = lastAmended;
    this.ends = new int[chunks.length];
    int end = 0;
    for (int i = 0; i < chunks.length; i++) {
      end += chunks[i].length;
      ends[i] = end;
    }
  }

  /** Of these reports, which are in order. */
  public static ReportList copyOf(List<Report> reports) {
    if (reports instanceof ReportList list) {
      return list;
    }
    Report[] all = reports.toArray(new Report[0]);
    Report[][] chunks = new Report[(all.length + CHUNK - 1) / CHUNK][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = Arrays.copyOfRange(all, i * CHUNK, Math.min(all.length, (i + 1) * CHUNK));
    }
    return of(chunks, reports.stream().filter(report -> !report.earlier().isEmpty()).toList());
  }

  /**
   * With a report at its place.
   *
   * @throws IllegalArgumentException it is among them already
   */
  public ReportList with(Report report) {
    int at = chunkOf(report);
    Report[][] changed;
    if (at < 0) {
      changed = new Report[][] {{report}};
    } else {
      Report[] chunk = chunks[at];
      int place = place(chunk, report);
      if (place >= 0) {
        throw new IllegalArgumentException("the report is there already");
      }
      changed = inserted(at, -place - 1, report);
    }
    return report.earlier().isEmpty()
        ? new ReportList(changed, amended, lastAmended)
        : new ReportList(changed, and(amended, report), later(lastAmended, report));
  }

  private static ReportList of(Report[][] chunks, List<Report> amended) {
    Instant last = Instant.MIN;
    for (Report report : amended) {
      last = later(last, report);
    }
    return new ReportList(chunks, amended, last);
  }

  private static Instant later(Instant last, Report report) {
    Instant later = last;
    for (StoredFact version : report.versions()) {
      Instant reported = version.fact().header().reportedAt();
      later = reported.isAfter(later) ? reported : later;
    }
    return later;
  }

  private Report[][] inserted(int at, int index, Report report) {
    Report[] chunk = chunks[at];
    if (chunk.length < CHUNK) {
      return replaced(at, inserted(chunk, index, report));
    }
    if (index == CHUNK) {
      return replaced(at, chunk, new Report[] {report});
    }
    Report[] longer = inserted(chunk, index, report);
    return replaced(
        at,
        Arrays.copyOfRange(longer, 0, CHUNK / 2),
        Arrays.copyOfRange(longer, CHUNK / 2, longer.length));
  }

  private static Report[] inserted(Report[] chunk, int index, Report report) {
    Report[] longer = Arrays.copyOf(chunk, chunk.length + 1);
    System.arraycopy(chunk, index, longer, index + 1, chunk.length - index);
    longer[index] = report;
    return longer;
  }

  /** With other chunks in the place of one. */
  private Report[][] replaced(int at, Report[]... by) {
    Report[][] changed = new Report[chunks.length - 1 + by.length][];
    System.arraycopy(chunks, 0, changed, 0, at);
    System.arraycopy(by, 0, changed, at, by.length);
    System.arraycopy(chunks, at + 1, changed, at + by.length, chunks.length - at - 1);
    return changed;
  }

  private static List<Report> and(List<Report> reports, Report one) {
    List<Report> more = new ArrayList<>(reports);
    more.add(one);
    return Collections.unmodifiableList(more);
  }

  /**
   * Without a report.
   *
   * @throws NoSuchElementException it is not among them
   */
  public ReportList without(Report report) {
    int at = chunkOf(report);
    int place = at < 0 ? -1 : place(chunks[at], report);
    if (place < 0) {
      throw new NoSuchElementException("there is no such report");
    }
    Report[] chunk = chunks[at];
    Report there = chunk[place];
    Report[] shorter = Arrays.copyOf(chunk, chunk.length - 1);
    System.arraycopy(chunk, place + 1, shorter, place, shorter.length - place);
    Report[][] changed = shorter.length == 0 ? replaced(at) : replaced(at, shorter);
    return there.earlier().isEmpty()
        ? new ReportList(changed, amended, lastAmended)
        : of(changed, amended.stream().filter(other -> !other.equals(there)).toList());
  }

  /** The chunk a report is in, or would be in; less than 0 when there is none. */
  private int chunkOf(Report report) {
    int low = 0;
    int high = chunks.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Report.FOLD_ORDER.compare(chunks[middle][0], report) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return high < 0 ? -1 : low;
  }

  private static int place(Report[] chunk, Report report) {
    return Arrays.binarySearch(chunk, report, Report.FOLD_ORDER);
  }

  /** Where a report is, or, as binary searches have it, where it would be. */
  public int place(Report report) {
    int at = chunkOf(report);
    if (at < 0) {
      return -1;
    }
    int before = ends[at] - chunks[at].length;
    int place = place(chunks[at], report);
    return place < 0 ? place - before : place + before;
  }

  /** Those with more than one version, in any order. */
  public List<Report> amended() {
    return amended;
  }

  /**
   * When the last version of any of those was reported; {@link Instant#MIN} when there are none.
   */
  public Instant lastAmended() {
    return lastAmended;
  }

  /** How many reports at the beginning are known to be the same in another list. */
  @SuppressWarnings("ReferenceEquality") // what is shared is the same array
  int sharedHead(ReportList other) {
    int shared = 0;
    int most = Math.min(chunks.length, other.chunks.length);
    while (shared < most && chunks[shared] == other.chunks[shared]) {
      shared++;
    }
    return shared == 0 ? 0 : ends[shared - 1];
  }

  /** How many reports at the end are known to be the same in another list. */
  @SuppressWarnings("ReferenceEquality") // what is shared is the same array
  int sharedTail(ReportList other) {
    int shared = 0;
    int reports = 0;
    int most = Math.min(chunks.length, other.chunks.length);
    while (shared < most) {
      Report[] chunk = chunks[chunks.length - 1 - shared];
      if (chunk != other.chunks[other.chunks.length - 1 - shared]) {
        break;
      }
      reports += chunk.length;
      shared++;
    }
    return reports;
  }

  @Override
  public int size() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  public Report get(int index) {
    if (chunks.length == 1) {
      return chunks[0][index];
    }
    int found = Arrays.binarySearch(ends, index);
    int at = found < 0 ? -found - 1 : found + 1;
    return chunks[at][index - (ends[at] - chunks[at].length)];
  }

  @Override
  public Iterator<Report> iterator() {
    return new Iterator<>() {
      private int chunk;
      private int index;

      @Override
      public boolean hasNext() {
        return chunk < chunks.length;
      }

      @Override
      public Report next() {
        if (chunk >= chunks.length) {
          throw new NoSuchElementException();
        }
        Report report = chunks[chunk][index++];
        if (index == chunks[chunk].length) {
          chunk++;
          index = 0;
        }
        return report;
      }
    };
  }
}
