package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PatientState;
import io.meninx.wire.avro.Correction;
import io.meninx.wire.avro.StoredReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * Rows of the stores: one byte with the format, then Avro binary by the internal schema of that
 * format. The same state gives the same bytes. Since no schema is kept with a row, every change of
 * the internal schemas, and of the input schemas they contain, needs a new format number and the
 * schema of the old one. Not safe for use by several threads.
 */
public final class StateCodec {
  /** The format written. */
  public static final byte FORMAT = 1;

  private final AvroCodec<io.meninx.wire.avro.PatientState> states =
      new AvroCodec<>(io.meninx.wire.avro.PatientState.getClassSchema());
  private final AvroCodec<io.meninx.wire.avro.StoredFact> facts =
      new AvroCodec<>(io.meninx.wire.avro.StoredFact.getClassSchema());
  private final DecisionsToAvro toAvro = new DecisionsToAvro();
  private final DecisionsFromAvro fromAvro = new DecisionsFromAvro();
  private final FactsToAvro factsToAvro = new FactsToAvro();
  private final FactsFromAvro factsFromAvro = new FactsFromAvro();

  /** A codec with fresh buffers. */
  public StateCodec() {}

  /** Writes a row of the store of pathways. */
  public byte[] encode(PatientState state) {
    Optional<PatientId> patient =
        state.retained().stream().findFirst().map(report -> report.header().patientId());
    FactsToAvro implying = patient.map(FactsToAvro::new).orElse(factsToAvro);
    return states.write(
        FORMAT,
        new io.meninx.wire.avro.PatientState(
            patient.map(PatientId::value).orElse(""),
            state.factCount(),
            DecisionsToAvro.all(state.retained(), report -> report(implying, report)),
            state.frontier(),
            DecisionsToAvro.all(state.corrections(), StateCodec::correction),
            DecisionsToAvro.all(state.alerts(), this::alert),
            toAvro.state(state.visible()),
            state.responseAssessed().orElse(null),
            state.nextDue().orElse(null)));
  }

  /** Writes a row of the store of facts. */
  public byte[] encode(StoredFact fact) {
    return facts.write(FORMAT, stored(factsToAvro, fact));
  }

  private static StoredReport report(FactsToAvro writing, Report report) {
    return new StoredReport(
        stored(writing, report.current()),
        DecisionsToAvro.all(report.earlier(), version -> stored(writing, version)));
  }

  private static io.meninx.wire.avro.StoredFact stored(FactsToAvro writing, StoredFact stored) {
    SpecificRecord fact = writing.fact(stored.fact());
    return new io.meninx.wire.avro.StoredFact(stored.receivedAt(), fact);
  }

  private static Correction correction(io.meninx.guideline.Correction correction) {
    return new Correction(
        correction.reportId().value(),
        correction.at(),
        correction.gap(),
        correction.newContraindication(),
        Values.sequences(correction.differs()),
        Values.sequences(correction.acts()));
  }

  private io.meninx.wire.avro.OpenAlert alert(OpenAlert alert) {
    return new io.meninx.wire.avro.OpenAlert(
        toAvro.alert(null, alert.last()),
        Values.sequences(alert.reasons()),
        alert.changedAt(),
        alert.escalations(),
        alert.notified(),
        alert.notifyAt().orElse(null),
        alert.snoozedUntil().orElse(null));
  }

  /**
   * Reads a row of the store of pathways.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public PatientState decodeState(byte[] row) {
    try {
      checkFormat(row);
      return state(states.read(states.schema(), row, 1, row.length - 1));
    } catch (PoisonRecordException e) {
      throw damaged(e);
    }
  }

  /**
   * Reads a row of the store of facts.
   *
   * @throws StateFormatException when the format is unknown or the bytes are damaged
   */
  public StoredFact decodeFact(byte[] row) {
    try {
      checkFormat(row);
      return stored(factsFromAvro, facts.read(facts.schema(), row, 1, row.length - 1));
    } catch (PoisonRecordException e) {
      throw damaged(e);
    }
  }

  private static void checkFormat(byte[] row) {
    if (row.length == 0) {
      throw new StateFormatException("an empty row in a store");
    }
    if (row[0] != FORMAT) {
      throw new StateFormatException(
          "a row in a store has format "
              + row[0]
              + ", this engine reads format "
              + FORMAT
              + " and no other");
    }
  }

  private static StateFormatException damaged(PoisonRecordException e) {
    return new StateFormatException("a row in a store is damaged: " + e.getMessage());
  }

  private PatientState state(io.meninx.wire.avro.PatientState state) throws PoisonRecordException {
    String patient = Values.text(state.getPatientId(), "patientId");
    FactsFromAvro reading =
        patient.isEmpty() ? factsFromAvro : new FactsFromAvro(new PatientId(patient));
    return new PatientState(
        state.getFactCount(),
        Values.list(state.getRetained(), report -> report(reading, report)),
        state.getFrontier(),
        Values.list(state.getCorrections(), StateCodec::correction),
        Values.list(state.getAlerts(), this::alert),
        fromAvro.state(state.getVisible()),
        Values.optional(state.getResponseAssessed(), "responseAssessed"),
        Optional.ofNullable(state.getNextDue()));
  }

  private static Report report(FactsFromAvro reading, StoredReport report)
      throws PoisonRecordException {
    List<StoredFact> earlier = new ArrayList<>();
    for (io.meninx.wire.avro.StoredFact version : report.getEarlier()) {
      earlier.add(stored(reading, version));
    }
    return new Report(stored(reading, report.getCurrent()), earlier);
  }

  private static StoredFact stored(FactsFromAvro reading, io.meninx.wire.avro.StoredFact stored)
      throws PoisonRecordException {
    return new StoredFact(reading.fact(stored.getFact()), stored.getReceivedAt());
  }

  private static io.meninx.guideline.Correction correction(Correction correction)
      throws PoisonRecordException {
    return new io.meninx.guideline.Correction(
        new ReportId(Values.text(correction.getReportId(), "corrections.reportId")),
        correction.getAt(),
        Values.text(correction.getGap(), "corrections.gap"),
        correction.getNewContraindication(),
        Values.texts(correction.getDiffers(), "corrections.differs"),
        Values.texts(correction.getActs(), "corrections.acts"));
  }

  private OpenAlert alert(io.meninx.wire.avro.OpenAlert alert) throws PoisonRecordException {
    return new OpenAlert(
        fromAvro.alert(alert.getLast()),
        Values.texts(alert.getReasons(), "alerts.reasons"),
        alert.getChangedAt(),
        alert.getEscalations(),
        alert.getNotified(),
        Optional.ofNullable(alert.getNotifyAt()),
        Optional.ofNullable(alert.getSnoozedUntil()));
  }
}
