package io.meninx.wire;

import static io.meninx.wire.Values.list;
import static io.meninx.wire.Values.optional;
import static io.meninx.wire.Values.text;
import static io.meninx.wire.Values.texts;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Recommendation;
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
import io.meninx.wire.avro.Hash;
import io.meninx.wire.avro.HeldInput;
import io.meninx.wire.avro.InputCoordinates;
import io.meninx.wire.avro.InputFlag;
import io.meninx.wire.avro.JournalBody;
import io.meninx.wire.avro.OmittedBytes;
import io.meninx.wire.avro.PathwayAlert;
import io.meninx.wire.avro.RawHeader;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Generated records to decisions. */
final class DecisionsFromAvro {
  private final FactsFromAvro facts = new FactsFromAvro();

  PathwayEvent event(io.meninx.wire.avro.PathwayEvent event) throws PoisonRecordException {
    return new PathwayEvent(
        text(event.getEventId(), "eventId"),
        Vocabulary.EVENT_TYPE.read(event.getType(), "type"),
        text(event.getCode(), "code"),
        event.getAt(),
        rule(event.getRule()),
        Vocabulary.OUTCOME.read(event.getOutcome(), "outcome"),
        list(event.getEvidence(), DecisionsFromAvro::evidence),
        texts(event.getMissing(), "missing"),
        optional(event.getGap(), "gap"),
        optional(event.getPrevious(), "previous"),
        optional(event.getFactId(), "factId"),
        list(event.getEntries(), DecisionsFromAvro::entry));
  }

  AlertRevision alert(PathwayAlert alert) throws PoisonRecordException {
    return new AlertRevision(
        text(alert.getAlertKey(), "alertKey"),
        alert.getRevision(),
        Vocabulary.ALERT_CODE.read(alert.getCode(), "code"),
        Vocabulary.ALERT_STATE.read(alert.getState(), "state"),
        optional(alert.getStage(), stage -> Vocabulary.ALERT_STAGE.read(stage, "stage")),
        Vocabulary.PRIORITY.read(alert.getPriority(), "priority"),
        alert.getNotify(),
        alert.getAt(),
        Optional.ofNullable(alert.getDueAt()),
        list(alert.getAudience(), audience -> Vocabulary.AUDIENCE.read(audience, "audience")),
        text(alert.getSummary(), "summary"),
        optional(alert.getGap(), "gap"),
        alert.getPreliminary(),
        rule(alert.getRule()),
        list(alert.getEvidence(), DecisionsFromAvro::evidence),
        texts(alert.getMissing(), "missing"),
        optional(
            alert.getResolutionReason(),
            reason -> Vocabulary.RESOLUTION.read(reason, "resolutionReason")));
  }

  static PatientId patient(@Nullable CharSequence id) throws PoisonRecordException {
    if (id == null || id.isEmpty()) {
      throw new PoisonRecordException(PoisonReason.MISSING_VALUE, "patientId");
    }
    return new PatientId(text(id, "patientId"));
  }

  private static RuleRef rule(io.meninx.wire.avro.RuleRef rule) throws PoisonRecordException {
    return new RuleRef(
        text(rule.getId(), "rule.id"), texts(rule.getStatements(), "rule.statements"));
  }

  private static Evidence evidence(io.meninx.wire.avro.Evidence evidence)
      throws PoisonRecordException {
    return new Evidence(
        text(evidence.getFactId(), "evidence.factId"),
        Vocabulary.KIND.read(evidence.getKind(), "evidence.kind"),
        text(evidence.getValue(), "evidence.value"),
        Vocabulary.STATUS.read(evidence.getStatus(), "evidence.status"),
        FactsFromAvro.observedAt(evidence.getObservedAt(), "evidence.observedAt.precision"));
  }

  private static ScheduleEntry entry(io.meninx.wire.avro.ScheduleEntry entry)
      throws PoisonRecordException {
    return new ScheduleEntry(
        entry.getDueAt(), Vocabulary.ENTRY.read(entry.getState(), "entries.state"));
  }

  PublicState state(io.meninx.wire.avro.PublicState state) throws PoisonRecordException {
    return new PublicState(
        Vocabulary.LM_TYPE.read(state.getType(), "state.type"),
        Vocabulary.CERTAINTY.read(state.getCertainty(), "state.certainty"),
        Vocabulary.GROUP.read(state.getStatusGroup(), "state.statusGroup"),
        Vocabulary.STAGE.read(state.getStage(), "state.stage"),
        list(state.getRecommendations(), DecisionsFromAvro::recommendation),
        list(
            state.getContraindications(),
            code -> Vocabulary.CONTRAINDICATION.read(code, "state.contraindications")),
        list(state.getOpenAlerts(), DecisionsFromAvro::line),
        list(state.getSchedules(), DecisionsFromAvro::schedule));
  }

  private static Recommendation recommendation(io.meninx.wire.avro.Recommendation recommendation)
      throws PoisonRecordException {
    return new Recommendation(
        Vocabulary.RECOMMENDATION.read(recommendation.getCode(), "state.recommendations.code"),
        optional(recommendation.getGap(), "state.recommendations.gap"));
  }

  private static PublicState.AlertLine line(AlertLine line) throws PoisonRecordException {
    return new PublicState.AlertLine(
        Vocabulary.ALERT_CODE.read(line.getCode(), "state.openAlerts.code"),
        optional(
            line.getStage(), stage -> Vocabulary.ALERT_STAGE.read(stage, "state.openAlerts.stage")),
        Vocabulary.PRIORITY.read(line.getPriority(), "state.openAlerts.priority"),
        Vocabulary.ALERT_STATE.read(line.getState(), "state.openAlerts.state"),
        optional(line.getGap(), "state.openAlerts.gap"),
        Optional.ofNullable(line.getDueAt()));
  }

  private static Schedule schedule(io.meninx.wire.avro.Schedule schedule)
      throws PoisonRecordException {
    return new Schedule(
        Vocabulary.SCHEDULE.read(schedule.getCode(), "state.schedules.code"),
        list(schedule.getEntries(), DecisionsFromAvro::entry));
  }

  JournalEntry journal(JournalBody body) throws PoisonRecordException {
    return new JournalEntry(
        body.getSequence(),
        Vocabulary.DISPOSITION.read(body.getDisposition(), "body.disposition"),
        optional(body.getCoordinates(), DecisionsFromAvro::coordinates),
        Optional.ofNullable(body.getLogicalTime()),
        optional(body.getInput(), this::input),
        optional(body.getDeadLetter(), DecisionsFromAvro::deadLetter),
        optional(body.getFlag(), DecisionsFromAvro::flag),
        list(body.getGroups(), this::group),
        text(body.getEngineVersion(), "body.engineVersion"),
        list(
            body.getSettings(),
            setting ->
                new JournalEntry.Setting(
                    text(setting.getName(), "body.settings.name"),
                    text(setting.getValue(), "body.settings.value"))),
        text(body.getGuidelineHash(), "body.guidelineHash"),
        optional(body.getGuidelineText(), "body.guidelineText"));
  }

  private Input input(Object datum) throws PoisonRecordException {
    return datum instanceof ClockTick tick
        ? new Input.OfTick(tick.getTime(), text(tick.getInstance(), "body.input.instance"))
        : new Input.OfFact(facts.fact(datum));
  }

  private static JournalEntry.Coordinates coordinates(InputCoordinates at)
      throws PoisonRecordException {
    return new JournalEntry.Coordinates(
        text(at.getTopic(), "body.coordinates.topic"),
        at.getPartition(),
        at.getOffset(),
        at.getRecordTimestamp());
  }

  private static JournalEntry.DeadLetterRef deadLetter(io.meninx.wire.avro.DeadLetterRef letter)
      throws PoisonRecordException {
    return new JournalEntry.DeadLetterRef(
        text(letter.getReason(), "body.deadLetter.reason"),
        optional(letter.getField(), "body.deadLetter.field"),
        optional(letter.getKeySha256(), DecisionsFromAvro::hash),
        optional(letter.getValueSha256(), DecisionsFromAvro::hash));
  }

  private static JournalEntry.Flag flag(InputFlag flag) throws PoisonRecordException {
    return new JournalEntry.Flag(
        text(flag.getReason(), "body.flag.reason"), text(flag.getField(), "body.flag.field"));
  }

  private JournalEntry.Group group(DecisionGroup group) throws PoisonRecordException {
    return new JournalEntry.Group(
        patient(group.getPatientId()),
        group.getAt(),
        Vocabulary.CAUSE.read(group.getCause(), "body.groups.cause"),
        optional(group.getHeld(), DecisionsFromAvro::held),
        list(group.getEvents(), this::event),
        list(group.getAlerts(), this::alert),
        hash(group.getDigest()));
  }

  private static JournalEntry.Held held(HeldInput held) throws PoisonRecordException {
    return new JournalEntry.Held(
        held.getSequence(),
        Vocabulary.DISPOSITION.read(held.getDisposition(), "body.groups.held.disposition"),
        optional(held.getDeadLetter(), DecisionsFromAvro::deadLetter),
        optional(held.getFlag(), DecisionsFromAvro::flag));
  }

  static Sha256 hash(Hash hash) {
    return Sha256.ofHashBytes(hash.bytes());
  }

  static DeadLetter letter(io.meninx.wire.avro.DeadLetter letter) throws PoisonRecordException {
    return new DeadLetter(
        text(letter.getReason(), "reason"),
        optional(letter.getField(), "field"),
        text(letter.getTopic(), "topic"),
        letter.getPartition(),
        letter.getOffset(),
        letter.getRecordTimestamp(),
        Optional.ofNullable(letter.getAt()),
        optional(letter.getKey(), DecisionsFromAvro::bytes),
        optional(letter.getValue(), DecisionsFromAvro::bytes),
        list(letter.getHeaders(), DecisionsFromAvro::header),
        text(letter.getEngineVersion(), "engineVersion"),
        text(letter.getReasonClass(), "reasonClass"),
        optional(letter.getOmitted(), DecisionsFromAvro::omitted));
  }

  private static DeadLetter.Omitted omitted(OmittedBytes omitted) throws PoisonRecordException {
    return new DeadLetter.Omitted(
        omitted.getLength(),
        optional(omitted.getKeySha256(), DecisionsFromAvro::hash),
        optional(omitted.getValueSha256(), DecisionsFromAvro::hash));
  }

  private static DeadLetter.Header header(RawHeader header) throws PoisonRecordException {
    return new DeadLetter.Header(
        text(header.getName(), "headers.name"),
        optional(header.getValue(), DecisionsFromAvro::bytes));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
