package io.meninx.wire;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.CoreEncoder.Published;
import java.time.Instant;
import java.util.Optional;

/**
 * Decisions to Avro binary, as in the schemas of the output topics; dead letters, which are few, go
 * by way of generated records. Not safe for use by several threads.
 */
final class OutputEncoder {
  /** Branches of the journal's union of inputs: null comes first, ticks after the facts. */
  private static final int FIRST_FACT = 1;

  private static final int TICK = 8;

  private final ByteEncoder out = new ByteEncoder();
  private final CoreEncoder core = new CoreEncoder(out);
  private final String guidelineId;
  private final String guidelineVersion;

  OutputEncoder(String guidelineId, String guidelineVersion) {
    this.guidelineId = guidelineId;
    this.guidelineVersion = guidelineVersion;
  }

  byte[] event(PatientId patient, PathwayEvent event) {
    out.restart();
    event(event, published(patient));
    return out.written();
  }

  byte[] alert(PatientId patient, AlertRevision alert) {
    out.restart();
    core.alert(alert, published(patient));
    return out.written();
  }

  byte[] pathway(PatientId patient, Instant at, PublicState state) {
    out.restart();
    out.text(patient.value());
    out.instant(at);
    core.visible(state);
    return out.written();
  }

  private Published published(PatientId patient) {
    return new Published(
        Optional.of(patient.value()), Optional.of(guidelineId), Optional.of(guidelineVersion));
  }

  /** The body of an entry: all but its link. */
  byte[] journal(JournalEntry entry) {
    out.restart();
    out.integer(entry.sequence());
    out.code(Vocabulary.DISPOSITION, entry.disposition());
    if (out.present(entry.coordinates().isPresent())) {
      coordinates(entry.coordinates().get());
    }
    out.optionalInstant(entry.logicalTime());
    input(entry.input());
    if (out.present(entry.deadLetter().isPresent())) {
      deadLetter(entry.deadLetter().get());
    }
    if (out.present(entry.flag().isPresent())) {
      flag(entry.flag().get());
    }
    out.list(entry.groups(), this::group);
    out.text(entry.engineVersion());
    out.list(
        entry.settings(),
        setting -> {
          out.text(setting.name());
          out.text(setting.value());
        });
    out.text(entry.guidelineHash());
    out.optionalText(entry.guidelineText());
    return out.written();
  }

  private void coordinates(JournalEntry.Coordinates at) {
    out.text(at.topic());
    out.integer(at.partition());
    out.integer(at.offset());
    out.integer(at.recordTimestamp().toEpochMilli());
  }

  private void input(Optional<Input> input) {
    if (input.isEmpty()) {
      out.present(false);
      return;
    }
    switch (input.get()) {
      case Input.OfFact(Fact fact) -> core.fact(fact, FIRST_FACT);
      case Input.OfTick(Instant time, String instance) -> {
        out.integer(TICK);
        out.instant(time);
        out.text(instance);
      }
    }
  }

  private void group(JournalEntry.Group group) {
    out.text(group.patientId().value());
    out.instant(group.at());
    out.code(Vocabulary.CAUSE, group.cause());
    if (out.present(group.held().isPresent())) {
      held(group.held().get());
    }
    out.list(group.events(), event -> event(event, Published.NOT));
    out.list(group.alerts(), alert -> core.alert(alert, Published.NOT));
    out.fixed(group.digest().bytes());
  }

  private void held(JournalEntry.Held held) {
    out.integer(held.sequence());
    out.code(Vocabulary.DISPOSITION, held.disposition());
    if (out.present(held.deadLetter().isPresent())) {
      deadLetter(held.deadLetter().get());
    }
    if (out.present(held.flag().isPresent())) {
      flag(held.flag().get());
    }
  }

  private void deadLetter(JournalEntry.DeadLetterRef letter) {
    out.text(letter.reason());
    out.optionalText(letter.field());
    hash(letter.key());
    hash(letter.value());
  }

  private void hash(Optional<Sha256> hash) {
    if (out.present(hash.isPresent())) {
      out.fixed(hash.get().bytes());
    }
  }

  private void flag(JournalEntry.Flag flag) {
    out.text(flag.reason());
    out.text(flag.field());
  }

  private void event(PathwayEvent event, Published published) {
    out.text(event.eventId());
    out.optionalText(published.patientId());
    out.code(Vocabulary.EVENT_TYPE, event.type());
    out.text(event.code());
    out.instant(event.at());
    core.rule(event.rule(), published);
    out.code(Vocabulary.OUTCOME, event.outcome());
    out.list(event.evidence(), core::evidence);
    out.texts(event.missing());
    out.optionalText(event.gap());
    out.optionalText(event.previous());
    out.optionalText(event.factId());
    out.list(event.entries(), core::entry);
  }
}
