package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.avro.AlertLine;
import io.meninx.wire.avro.ClockTick;
import io.meninx.wire.avro.DecisionGroup;
import io.meninx.wire.avro.EngineSetting;
import io.meninx.wire.avro.Hash;
import io.meninx.wire.avro.HeldInput;
import io.meninx.wire.avro.InputCoordinates;
import io.meninx.wire.avro.InputFlag;
import io.meninx.wire.avro.JournalBody;
import io.meninx.wire.avro.OmittedBytes;
import io.meninx.wire.avro.PathwayAlert;
import io.meninx.wire.avro.RawHeader;
import io.meninx.wire.avro.Recommendation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Decisions to generated records: the inverse of {@link DecisionsFromAvro}. */
final class DecisionsToAvro {
  private final FactsToAvro facts = new FactsToAvro();
  private final @Nullable PublishedBy by;

  /** What a published decision names beside itself. */
  record PublishedBy(String guidelineId, String guidelineVersion) {}

  /** Writes decisions for journal and state, where patient and guideline are named around them. */
  DecisionsToAvro() {
    this.by = null;
  }

  /** Writes decisions for the output topics. */
  DecisionsToAvro(PublishedBy by) {
    this.by = by;
  }

  io.meninx.wire.avro.PathwayEvent event(@Nullable PatientId patient, PathwayEvent event) {
    return new io.meninx.wire.avro.PathwayEvent(
        event.eventId(),
        patient == null ? null : patient.value(),
        Vocabulary.EVENT_TYPE.write(event.type()),
        event.code(),
        event.at(),
        rule(event.rule()),
        Vocabulary.OUTCOME.write(event.outcome()),
        all(event.evidence(), DecisionsToAvro::evidence),
        Values.sequences(event.missing()),
        event.gap().orElse(null),
        event.previous().orElse(null),
        event.factId().orElse(null),
        all(event.entries(), DecisionsToAvro::entry));
  }

  PathwayAlert alert(@Nullable PatientId patient, AlertRevision alert) {
    return new PathwayAlert(
        alert.alertKey(),
        patient == null ? null : patient.value(),
        alert.revision(),
        Vocabulary.ALERT_CODE.write(alert.code()),
        Vocabulary.ALERT_STATE.write(alert.state()),
        alert.stage().map(Vocabulary.ALERT_STAGE::write).orElse(null),
        Vocabulary.PRIORITY.write(alert.priority()),
        alert.notifies(),
        alert.at(),
        alert.dueAt().orElse(null),
        all(alert.audience(), Vocabulary.AUDIENCE::write),
        alert.summary(),
        alert.gap().orElse(null),
        alert.preliminary(),
        rule(alert.rule()),
        all(alert.evidence(), DecisionsToAvro::evidence),
        Values.sequences(alert.missing()),
        alert.resolutionReason().map(Vocabulary.RESOLUTION::write).orElse(null));
  }

  private io.meninx.wire.avro.RuleRef rule(RuleRef rule) {
    PublishedBy published = by;
    return new io.meninx.wire.avro.RuleRef(
        rule.id(),
        Values.sequences(rule.statements()),
        published == null ? null : published.guidelineId(),
        published == null ? null : published.guidelineVersion());
  }

  private static io.meninx.wire.avro.Evidence evidence(Evidence evidence) {
    return new io.meninx.wire.avro.Evidence(
        evidence.factId(),
        Vocabulary.KIND.write(evidence.kind()),
        evidence.value(),
        Vocabulary.STATUS.write(evidence.status()),
        FactsToAvro.observedAt(evidence.observedAt()));
  }

  private static io.meninx.wire.avro.ScheduleEntry entry(ScheduleEntry entry) {
    return new io.meninx.wire.avro.ScheduleEntry(
        entry.dueAt(), Vocabulary.ENTRY.write(entry.state()));
  }

  io.meninx.wire.avro.PublicState state(PublicState state) {
    return new io.meninx.wire.avro.PublicState(
        Vocabulary.LM_TYPE.write(state.type()),
        Vocabulary.CERTAINTY.write(state.certainty()),
        Vocabulary.GROUP.write(state.statusGroup()),
        Vocabulary.STAGE.write(state.stage()),
        all(
            state.recommendations(),
            r ->
                new Recommendation(
                    Vocabulary.RECOMMENDATION.write(r.code()), r.gap().orElse(null))),
        all(state.contraindications(), Vocabulary.CONTRAINDICATION::write),
        all(state.openAlerts(), DecisionsToAvro::line),
        all(state.schedules(), DecisionsToAvro::schedule));
  }

  private static AlertLine line(PublicState.AlertLine line) {
    return new AlertLine(
        Vocabulary.ALERT_CODE.write(line.code()),
        line.stage().map(Vocabulary.ALERT_STAGE::write).orElse(null),
        Vocabulary.PRIORITY.write(line.priority()),
        Vocabulary.ALERT_STATE.write(line.state()),
        line.gap().orElse(null),
        line.dueAt().orElse(null));
  }

  private static io.meninx.wire.avro.Schedule schedule(Schedule schedule) {
    return new io.meninx.wire.avro.Schedule(
        Vocabulary.SCHEDULE.write(schedule.code()),
        all(schedule.entries(), DecisionsToAvro::entry));
  }

  JournalBody journal(JournalEntry entry) {
    return new JournalBody(
        entry.sequence(),
        Vocabulary.DISPOSITION.write(entry.disposition()),
        entry.coordinates().map(DecisionsToAvro::coordinates).orElse(null),
        entry.logicalTime().orElse(null),
        entry.input().map(this::input).orElse(null),
        entry.deadLetter().map(DecisionsToAvro::deadLetter).orElse(null),
        entry.flag().map(DecisionsToAvro::flag).orElse(null),
        all(entry.groups(), this::group),
        entry.engineVersion(),
        all(entry.settings(), setting -> new EngineSetting(setting.name(), setting.value())),
        entry.guidelineHash(),
        entry.guidelineText().orElse(null));
  }

  private SpecificRecord input(Input input) {
    return switch (input) {
      case Input.OfFact(var fact) -> facts.fact(fact);
      case Input.OfTick(var time, var instance) -> new ClockTick(time, instance);
    };
  }

  private static InputCoordinates coordinates(JournalEntry.Coordinates at) {
    return new InputCoordinates(at.topic(), at.partition(), at.offset(), at.recordTimestamp());
  }

  private static io.meninx.wire.avro.DeadLetterRef deadLetter(JournalEntry.DeadLetterRef letter) {
    return new io.meninx.wire.avro.DeadLetterRef(
        letter.reason(),
        letter.field().orElse(null),
        letter.key().map(DecisionsToAvro::hash).orElse(null),
        letter.value().map(DecisionsToAvro::hash).orElse(null));
  }

  private static InputFlag flag(JournalEntry.Flag flag) {
    return new InputFlag(flag.reason(), flag.field());
  }

  private DecisionGroup group(JournalEntry.Group group) {
    return new DecisionGroup(
        group.patientId().value(),
        group.at(),
        Vocabulary.CAUSE.write(group.cause()),
        group.held().map(DecisionsToAvro::held).orElse(null),
        all(group.events(), event -> event(null, event)),
        all(group.alerts(), alert -> alert(null, alert)),
        hash(group.digest()));
  }

  private static HeldInput held(JournalEntry.Held held) {
    return new HeldInput(
        held.sequence(),
        Vocabulary.DISPOSITION.write(held.disposition()),
        held.deadLetter().map(DecisionsToAvro::deadLetter).orElse(null),
        held.flag().map(DecisionsToAvro::flag).orElse(null));
  }

  static Hash hash(Sha256 hash) {
    return new Hash(hash.bytes());
  }

  static io.meninx.wire.avro.DeadLetter letter(DeadLetter letter) {
    return new io.meninx.wire.avro.DeadLetter(
        letter.reason(),
        letter.field().orElse(null),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.recordTimestamp(),
        letter.at().orElse(null),
        letter.key().map(ByteBuffer::wrap).orElse(null),
        letter.value().map(ByteBuffer::wrap).orElse(null),
        all(letter.headers(), DecisionsToAvro::header),
        letter.engineVersion(),
        letter.reasonClass(),
        letter.omitted().map(DecisionsToAvro::omitted).orElse(null));
  }

  private static OmittedBytes omitted(DeadLetter.Omitted omitted) {
    return new OmittedBytes(
        omitted.length(),
        omitted.key().map(DecisionsToAvro::hash).orElse(null),
        omitted.value().map(DecisionsToAvro::hash).orElse(null));
  }

  private static RawHeader header(DeadLetter.Header header) {
    return new RawHeader(header.name(), header.value().map(ByteBuffer::wrap).orElse(null));
  }

  static <C, W> List<W> all(List<C> values, Function<C, W> writing) {
    List<W> written = new ArrayList<>(values.size());
    values.forEach(value -> written.add(writing.apply(value)));
    return written;
  }
}
