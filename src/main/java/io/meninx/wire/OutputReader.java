package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.avro.PathwayAlert;
import io.meninx.wire.avro.PatientPathway;
import java.time.Instant;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reads outputs, without frames, of any writer schema. A code that only a newer engine knows is
 * poison here too: UNRECOGNIZED_ENUM. Not safe for use by several threads.
 */
public final class OutputReader {
  private final AvroCodec<io.meninx.wire.avro.PathwayEvent> events =
      new AvroCodec<>(Topic.PATHWAY_EVENTS.valueSchema());
  private final AvroCodec<PathwayAlert> alerts =
      new AvroCodec<>(Topic.PATHWAY_ALERTS.valueSchema());
  private final AvroCodec<PatientPathway> pathways =
      new AvroCodec<>(Topic.PATIENT_PATHWAYS.valueSchema());
  private final AvroCodec<io.meninx.wire.avro.JournalEntry> entries =
      new AvroCodec<>(Topic.PATHWAY_JOURNAL.valueSchema());
  private final AvroCodec<io.meninx.wire.avro.DeadLetter> letters =
      new AvroCodec<>(Topic.DEAD_LETTERS.valueSchema());
  private final DecisionsFromAvro decisions = new DecisionsFromAvro();

  /** A reader with nothing cached. */
  public OutputReader() {}

  /** From pathway-events. */
  public Published<PathwayEvent> event(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    io.meninx.wire.avro.PathwayEvent datum = events.read(writerSchema, payload, offset, length);
    return published(datum.getPatientId(), decisions.event(datum), datum.getRule());
  }

  /** From pathway-alerts. */
  public Published<AlertRevision> alert(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    PathwayAlert datum = alerts.read(writerSchema, payload, offset, length);
    return published(datum.getPatientId(), decisions.alert(datum), datum.getRule());
  }

  private static <T> Published<T> published(
      @Nullable CharSequence patientId, T value, io.meninx.wire.avro.RuleRef rule)
      throws PoisonRecordException {
    return new Published<>(
        DecisionsFromAvro.patient(patientId),
        value,
        Values.optional(rule.getGuideline(), "rule.guideline").orElse(""),
        Values.optional(rule.getVersion(), "rule.version").orElse(""));
  }

  /** From patient-pathways. */
  public Pathway pathway(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    PatientPathway datum = pathways.read(writerSchema, payload, offset, length);
    return new Pathway(
        DecisionsFromAvro.patient(datum.getPatientId()),
        datum.getAt(),
        decisions.state(datum.getState()));
  }

  /** From dead-letters. */
  public DeadLetter deadLetter(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    return DecisionsFromAvro.letter(letters.read(writerSchema, payload, offset, length));
  }

  /** From pathway-journal. Verifies nothing: see {@link io.meninx.journal.Chain#verify}. */
  public LinkedEntry journal(Schema writerSchema, byte[] payload, int offset, int length)
      throws PoisonRecordException {
    io.meninx.wire.avro.JournalEntry datum = entries.read(writerSchema, payload, offset, length);
    return new LinkedEntry(consistent(datum), DecisionsFromAvro.hash(datum.getLink()));
  }

  @SuppressWarnings("UnusedException") // Says no more than the reason does.
  private JournalEntry consistent(io.meninx.wire.avro.JournalEntry datum)
      throws PoisonRecordException {
    try {
      return decisions.journal(datum.getBody());
    } catch (IllegalArgumentException e) {
      throw new PoisonRecordException(PoisonReason.CONTRADICTION, "body");
    }
  }

  /**
   * The present state of a patient.
   *
   * @param patientId the patient
   * @param at time of the decision that led to it
   * @param state the visible state
   */
  public record Pathway(PatientId patientId, Instant at, PublicState state) {}
}
