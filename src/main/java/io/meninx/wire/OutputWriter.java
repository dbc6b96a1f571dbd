package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes outputs, without frames. The same value gives the same bytes. Instants are kept to the
 * microsecond, those of the broker to the millisecond. Not safe for use by several threads.
 */
public final class OutputWriter {
  private final AvroCodec<io.meninx.wire.avro.DeadLetter> letters =
      new AvroCodec<>(Topic.DEAD_LETTERS.valueSchema());
  private final OutputEncoder encoder;

  /** A writer for decisions by this guideline; make another one when the guideline changes. */
  public OutputWriter(String guidelineId, String guidelineVersion) {
    this.encoder = new OutputEncoder(guidelineId, guidelineVersion);
  }

  /** For pathway-events. */
  public Encoded event(PatientId patientId, PathwayEvent event) {
    return encoded(Topic.PATHWAY_EVENTS, encoder.event(patientId, event));
  }

  /** For pathway-alerts. */
  public Encoded alert(PatientId patientId, AlertRevision alert) {
    return encoded(Topic.PATHWAY_ALERTS, encoder.alert(patientId, alert));
  }

  /** For patient-pathways; {@code at} is the time of the decision that led to the state. */
  public Encoded pathway(PatientId patientId, Instant at, PublicState state) {
    return encoded(Topic.PATIENT_PATHWAYS, encoder.pathway(patientId, at, state));
  }

  /** For dead-letters. */
  public Encoded deadLetter(DeadLetter letter) {
    return encoded(Topic.DEAD_LETTERS, letters.write(LettersToAvro.letter(letter)));
  }

  /**
   * For pathway-journal: the body followed by its link, which is how the schema of the topic
   * encodes an entry.
   *
   * @param previous link of the entry before, {@link Chain#GENESIS} for the first
   */
  public Linked journal(JournalEntry entry, Sha256 previous) {
    byte[] body = encoder.journal(entry);
    Sha256 link = Chain.link(previous, body);
    byte[] whole = Arrays.copyOf(body, body.length + Sha256.LENGTH);
    System.arraycopy(link.bytes(), 0, whole, body.length, Sha256.LENGTH);
    return new Linked(encoded(Topic.PATHWAY_JOURNAL, whole), link);
  }

  private static Encoded encoded(Topic topic, byte[] body) {
    return new Encoded(topic, topic.valueSchema(), body);
  }

  /**
   * An encoded journal entry.
   *
   * @param encoded body and link
   * @param link to chain the next entry to
   */
  public record Linked(Encoded encoded, Sha256 link) {}
}
