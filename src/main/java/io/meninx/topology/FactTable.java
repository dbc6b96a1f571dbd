package io.meninx.topology;

import io.meninx.fact.EventId;
import io.meninx.fact.Header;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.wire.StateCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;

/**
 * The store {@code facts}: one row per fact version, a patient's rows next to each other and a
 * report's next to each other among them, and one small row per event id, so that an id that is
 * used again under another report is found.
 */
final class FactTable {
  private static final int VERSION = 1;
  private static final int EVENT = 2;

  private final BufferedStore store;
  private final StateCodec codec;

  FactTable(BufferedStore store, StateCodec codec) {
    this.store = store;
    this.codec = codec;
  }

  Optional<StoredFact> byEventId(PatientId patient, EventId eventId) {
    byte[] row = store.get(event(patient, eventId));
    return row == null
        ? Optional.empty()
        : Optional.ofNullable(store.get(version(patient, reportId(row), eventId)))
            .map(codec::decodeFact);
  }

  private static ReportId reportId(byte[] row) {
    return new ReportId(new String(Rows.content(Names.FACTS, row), StandardCharsets.UTF_8));
  }

  List<StoredFact> versions(PatientId patient, ReportId reportId) {
    return read(versions(patient).sized(reportId.value()).bytes());
  }

  List<StoredFact> all(PatientId patient) {
    return read(versions(patient).bytes());
  }

  void put(StoredFact fact) {
    Header header = fact.fact().header();
    store.put(version(header.patientId(), header.reportId(), header.eventId()), codec.encode(fact));
    store.put(
        event(header.patientId(), header.eventId()),
        Rows.row(header.reportId().value().getBytes(StandardCharsets.UTF_8)));
  }

  private List<StoredFact> read(Bytes prefix) {
    return store.startingWith(prefix).stream().map(row -> codec.decodeFact(row.value)).toList();
  }

  private static Keys versions(PatientId patient) {
    return Keys.key().sized(patient.value()).tag(VERSION);
  }

  private static Bytes version(PatientId patient, ReportId reportId, EventId eventId) {
    return versions(patient).sized(reportId.value()).rest(eventId.value()).bytes();
  }

  private static Bytes event(PatientId patient, EventId eventId) {
    return Keys.key().sized(patient.value()).tag(EVENT).rest(eventId.value()).bytes();
  }
}
