package io.meninx.topology;

import io.meninx.fact.EventId;
import io.meninx.fact.FactKind;
import io.meninx.fact.Header;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ReportDifference;
import io.meninx.fact.ReportId;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.wire.StateCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * The store {@code facts}: one row per report with all its versions, and one small row per event
 * id, so that an id that is used again under another report is found. A patient's rows lie next to
 * each other, those of the reports that can still matter first: they are what the engine keeps of a
 * patient, read in one go, and written only when they change. A fact is in one row and no other.
 * And a row with the length of those that are not retained: now and then all are read at once, so
 * they have a bound, and whether there is room is asked at every fact.
 */
final class FactTable {
  /** Format 1 had one row per version. */
  private static final int VERSION = 1;

  private static final int EVENT = 2;

  /** Reports that are retained. */
  private static final int RETAINED = 3;

  /** All others. */
  private static final int OTHER = 4;

  /** How many bytes those of the others take together, in a row of its own. */
  private static final int OTHER_BYTES = 5;

  private final BufferedStore store;
  private final StateCodec codec;

  FactTable(BufferedStore store, StateCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  /**
   * The reports that are retained of a patient.
   *
   * @param reports in fold order
   * @param bytes length of their rows
   */
  record Retained(List<Report> reports, int bytes) {}

  /**
   * By how many bytes rows grew.
   *
   * @param retained those of what is retained
   * @param others all others
   */
  record Grown(int retained, int others) {}

  Optional<StoredFact> byEventId(PatientId patient, EventId eventId) {
    byte[] row = store.get(event(patient, eventId));
    return row == null
        ? Optional.empty()
        : versions(patient, reportId(row)).stream()
            .filter(version -> version.fact().header().eventId().equals(eventId))
            .findFirst();
  }

  private static ReportId reportId(byte[] row) {
    // The first byte is the format of the row, the rest has been the same in all of them.
    return new ReportId(new String(row, 1, row.length - 1, StandardCharsets.UTF_8));
  }

  List<StoredFact> versions(PatientId patient, ReportId reportId) {
    List<StoredFact> retained = row(patient, RETAINED, reportId);
    List<StoredFact> others = row(patient, OTHER, reportId);
    if (others.isEmpty()) {
      return retained;
    }
    List<StoredFact> all = new ArrayList<>(retained);
    all.addAll(others);
    return all;
  }

  /**
   * Length of the rows of a report's versions, bytes. Both together, since what is in one of them
   * can come to be in the other.
   */
  int length(PatientId patient, ReportId reportId) {
    byte[] retained = store.get(key(patient, RETAINED, reportId));
    byte[] other = store.get(key(patient, OTHER, reportId));
    return (retained == null ? 0 : retained.length) + (other == null ? 0 : other.length);
  }

  /** Length of the rows of what is not retained, bytes. */
  long others(PatientId patient) {
    byte[] row = store.get(of(patient, OTHER_BYTES).bytes());
    return row == null
        ? store.bytesStartingWith(of(patient, OTHER).bytes()) // none yet, or of an earlier build
        : ByteBuffer.wrap(Rows.content(Names.FACTS, row)).getLong();
  }

  private void othersGrew(PatientId patient, int bytes) {
    Bytes key = of(patient, OTHER_BYTES).bytes();
    // Without a row what has just changed is counted with the rest.
    long length = store.get(key) == null ? others(patient) : others(patient) + bytes;
    if (length > 0) {
      store.put(key, Rows.row(ByteBuffer.allocate(Long.BYTES).putLong(length).array()));
    } else if (store.get(key) != null) {
      store.delete(key);
    }
  }

  List<StoredFact> all(PatientId patient) {
    List<StoredFact> all = new ArrayList<>();
    for (int tag : new int[] {RETAINED, OTHER}) {
      for (KeyValue<Bytes, byte[]> row : store.startingWith(of(patient, tag).bytes())) {
        all.addAll(codec.decodeVersions(patient, row.value));
      }
    }
    return all;
  }

  /** What is retained of a patient. */
  Retained retained(PatientId patient) {
    List<Report> reports = new ArrayList<>();
    int bytes = 0;
    for (KeyValue<Bytes, byte[]> row : store.startingWith(of(patient, RETAINED).bytes())) {
      addReports(codec.decodeVersions(patient, row.value), reports);
      bytes += row.value.length;
    }
    reports.sort(Report.FOLD_ORDER);
    return new Retained(reports, bytes);
  }

  /** Reports of two kinds may share an id, and with it a row. */
  private static void addReports(List<StoredFact> versions, List<Report> reports) {
    if (versions.size() == 1) {
      reports.add(Report.of(versions.getFirst()));
      return;
    }
    Map<FactKind, List<StoredFact>> byKind = new EnumMap<>(FactKind.class);
    for (StoredFact version : versions) {
      byKind.computeIfAbsent(version.fact().kind(), _ -> new ArrayList<>()).add(version);
    }
    byKind.values().forEach(ofKind -> reports.add(Report.of(ofKind)));
  }

  /**
   * Adds a fact and moves reports between those that are retained and the others.
   *
   * @param before retained so far
   * @param after retained from now on
   * @param arrived to be added, if any
   * @return by how many bytes the rows grew
   */
  Grown change(
      PatientId patient, ReportList before, ReportList after, Optional<StoredFact> arrived) {
    ReportDifference difference = ReportDifference.between(before, after);
    Set<ReportId> touched = new LinkedHashSet<>();
    difference.came().forEach(report -> touched.add(report.header().reportId()));
    difference.gone().forEach(report -> touched.add(report.header().reportId()));
    if (arrived.isPresent()) {
      Header header = arrived.get().fact().header();
      touched.add(header.reportId());
      store.put(event(patient, header.eventId()), eventRow(header.reportId()));
    }
    int retained = 0;
    int others = 0;
    for (ReportId reportId : touched) {
      // Without a row, none of its reports was retained: those that are now have just come.
      boolean isNew = store.get(key(patient, RETAINED, reportId)) == null;
      Grown grown = change(patient, reportId, isNew ? difference.came() : after, arrived);
      retained += grown.retained();
      others += grown.others();
    }
    if (others != 0) {
      othersGrew(patient, others);
    }
    return new Grown(retained, others);
  }

  private static byte[] eventRow(ReportId reportId) {
    return Rows.row(reportId.value().getBytes(StandardCharsets.UTF_8));
  }

  private Grown change(
      PatientId patient, ReportId reportId, List<Report> after, Optional<StoredFact> arrived) {
    List<StoredFact> retained = new ArrayList<>(1);
    for (Report report : after) {
      if (report.header().reportId().equals(reportId)) {
        retained.addAll(report.versions());
      }
    }
    Set<EventId> placed = new HashSet<>();
    retained.forEach(version -> placed.add(version.fact().header().eventId()));
    List<StoredFact> others = new ArrayList<>(1);
    List<StoredFact> known = new ArrayList<>(versions(patient, reportId));
    arrived
        .filter(version -> version.fact().header().reportId().equals(reportId))
        .ifPresent(known::add);
    for (StoredFact version : known) {
      if (placed.add(version.fact().header().eventId())) {
        others.add(version);
      }
    }
    int othersGrown = put(patient, OTHER, reportId, others);
    return new Grown(put(patient, RETAINED, reportId, retained), othersGrown);
  }

  /** Writes a row if it changes; returns by how many bytes it grows. */
  private int put(PatientId patient, int tag, ReportId reportId, List<StoredFact> versions) {
    Bytes key = key(patient, tag, reportId);
    byte @Nullable [] before = store.get(key);
    int length = before == null ? 0 : before.length;
    if (versions.isEmpty()) {
      if (before != null) {
        store.delete(key);
      }
      return -length;
    }
    byte[] row = codec.encode(patient, versions);
    if (!Arrays.equals(row, before)) {
      store.put(key, row);
    }
    return row.length - length;
  }

  /**
   * Turns the rows of a patient of format 1 into those of today.
   *
   * @param retained of the patient
   * @return length of the rows of what is retained, bytes
   */
  int upgrade(PatientId patient, ReportList retained) {
    Map<ReportId, List<StoredFact>> known = new LinkedHashMap<>();
    for (KeyValue<Bytes, byte[]> row : store.startingWith(of(patient, VERSION).bytes())) {
      StoredFact version = codec.decodeFact(row.value);
      known
          .computeIfAbsent(version.fact().header().reportId(), _ -> new ArrayList<>())
          .add(version);
      store.delete(row.key);
    }
    known.forEach((reportId, versions) -> put(patient, OTHER, reportId, versions));
    return change(patient, ReportList.EMPTY, retained, Optional.empty()).retained();
  }

  private List<StoredFact> row(PatientId patient, int tag, ReportId reportId) {
    byte[] row = store.get(key(patient, tag, reportId));
    return row == null ? List.of() : codec.decodeVersions(patient, row);
  }

  private static Keys of(PatientId patient, int tag) {
    return Keys.key().sized(patient.value()).tag(tag);
  }

  private static Bytes key(PatientId patient, int tag, ReportId reportId) {
    return of(patient, tag).rest(reportId.value()).bytes();
  }

  private static Bytes event(PatientId patient, EventId eventId) {
    return of(patient, EVENT).rest(eventId.value()).bytes();
  }
}
