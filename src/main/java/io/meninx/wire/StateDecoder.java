package io.meninx.wire;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PatientId;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ReportList;
import io.meninx.fact.Source;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Correction;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;

/**
 * Avro binary to state: the inverse of {@link StateEncoder}, field after field. Arguments of a
 * constructor are evaluated from left to right (JLS 15.7.4), so a record whose components stand in
 * the order of the schema is read by its constructor alone. Damaged bytes end in some {@link
 * RuntimeException}.
 */
final class StateDecoder {
  private final ByteDecoder in = new ByteDecoder();
  private Optional<PatientId> implied = Optional.empty();

  PatientState state(byte[] row, int offset) {
    in.over(row, offset, row.length - offset);
    String patient = in.text();
    implied = patient.isEmpty() ? Optional.empty() : Optional.of(new PatientId(patient));
    PatientState state =
        new PatientState(
            in.readInt(),
            ReportList.copyOf(in.list(this::report)),
            in.readInt(),
            in.list(this::correction),
            in.list(this::openAlert),
            visible(),
            in.optionalText(),
            in.optionalInstant());
    in.end();
    return state;
  }

  StoredFact fact(byte[] row, int offset) {
    in.over(row, offset, row.length - offset);
    implied = Optional.empty();
    StoredFact stored = stored();
    in.end();
    return stored;
  }

  List<StoredFact> versions(byte[] row, int offset, PatientId patient) {
    in.over(row, offset, row.length - offset);
    implied = Optional.of(patient);
    List<StoredFact> versions = in.list(this::stored);
    in.end();
    return versions;
  }

  OpenAlert alert(byte[] row, int offset) {
    in.over(row, offset, row.length - offset);
    OpenAlert alert = openAlert();
    in.end();
    return alert;
  }

  PublicState visible(byte[] row, int offset) {
    in.over(row, offset, row.length - offset);
    PublicState state = visible();
    in.end();
    return state;
  }

  private Report report() {
    return new Report(stored(), in.list(this::stored));
  }

  private StoredFact stored() {
    var receivedAt = in.instant();
    return new StoredFact(fact(), receivedAt);
  }

  private Fact fact() {
    return switch (in.readIndex()) {
      case 0 -> imaging();
      case 1 -> csf();
      case 2 ->
          new BiopsyResult(header(), in.optionalText(), in.code(Vocabulary.HISTOLOGY), markers());
      case 3 -> new PerformanceStatus(header(), in.optionalInt(), in.optionalInt());
      case 4 -> assessmentOrOutcome();
      case 5 -> treatment();
      case 6 -> response();
      default -> throw new AvroRuntimeException("no such kind of fact");
    };
  }

  private Header header() {
    return new Header(
        new EventId(in.text()),
        patient(),
        new ReportId(in.text()),
        in.code(Vocabulary.STATUS),
        observedAt(),
        in.instant(),
        source());
  }

  private PatientId patient() {
    String id = in.text();
    return id.isEmpty() && implied.isPresent() ? implied.get() : new PatientId(id);
  }

  private ObservedAt observedAt() {
    return new ObservedAt(in.instant(), in.code(Vocabulary.PRECISION));
  }

  private Source source() {
    String system = in.text();
    String messageId = in.text();
    return system.isEmpty() && messageId.isEmpty() ? Source.UNKNOWN : new Source(system, messageId);
  }

  private ImagingReport imaging() {
    return new ImagingReport(
        header(),
        in.code(Vocabulary.IMAGING_MODALITY),
        regions(),
        in.tri(),
        in.present() ? in.readDouble() : Double.NaN,
        in.code(Vocabulary.PATTERN),
        in.tri(),
        in.tri(),
        in.tri(),
        in.code(Vocabulary.FLOW),
        in.tri(),
        in.tri(),
        regions(),
        in.tri(),
        in.code(Vocabulary.RESPONSE));
  }

  private Set<ImagingReport.Region> regions() {
    Set<ImagingReport.Region> regions = EnumSet.noneOf(ImagingReport.Region.class);
    in.each(() -> regions.add(in.code(Vocabulary.REGION)));
    return regions;
  }

  private CsfResult csf() {
    return new CsfResult(
        header(),
        in.code(Vocabulary.SITE),
        in.code(Vocabulary.CYTOLOGY),
        in.optionalReal(),
        in.optionalInt(),
        in.tri(),
        in.optionalReal(),
        in.optionalReal(),
        in.optionalReal(),
        in.optionalReal(),
        in.optionalText());
  }

  private SortedMap<String, String> markers() {
    SortedMap<String, String> markers = new TreeMap<>();
    in.each(() -> markers.put(in.text(), in.text()));
    return markers;
  }

  private Fact assessmentOrOutcome() {
    Header header = header();
    Optional<OutcomeReport.Vital> vital = in.optionalCode(Vocabulary.VITAL);
    ClinicalAssessment assessment = assessment(header);
    return vital.isPresent() ? new OutcomeReport(header, vital.get()) : assessment;
  }

  private ClinicalAssessment assessment(Header header) {
    return new ClinicalAssessment(
        header,
        in.list(in::text),
        in.code(Vocabulary.SUSPICION),
        in.code(Vocabulary.EXTRACRANIAL),
        in.optionalInt(),
        in.tri(),
        in.code(Vocabulary.EXAM),
        in.tri(),
        in.present() ? Optional.of(labs()) : Optional.empty(),
        in.tri(),
        in.optionalReal(),
        in.tri(),
        in.present() ? Optional.of(in.list(in::text)) : Optional.empty(),
        in.tri());
  }

  private ClinicalAssessment.Labs labs() {
    OptionalDouble platelets = in.optionalReal();
    return new ClinicalAssessment.Labs(
        platelets, in.optionalReal(), in.optionalReal(), in.optionalReal());
  }

  private TreatmentEvent treatment() {
    return new TreatmentEvent(
        header(),
        in.code(Vocabulary.TREATMENT_MODALITY),
        in.code(Vocabulary.TREATMENT_ACTION),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.optionalReal(),
        in.code(Vocabulary.ROUTE),
        in.code(Vocabulary.FIELD),
        in.optionalReal(),
        in.optionalInt(),
        in.code(Vocabulary.INDICATION));
  }

  private AlertResponse response() {
    return new AlertResponse(
        header(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.code(Vocabulary.ALERT_ACTION),
        in.optionalText(),
        in.optionalInt(),
        in.optionalText());
  }

  private Correction correction() {
    return new Correction(
        new ReportId(in.text()),
        in.instant(),
        in.text(),
        in.readBoolean(),
        in.list(in::text),
        in.list(in::text));
  }

  private OpenAlert openAlert() {
    AlertRevision last = alert();
    List<String> reasons = in.list(in::text);
    Instant changedAt = in.instant();
    int escalations = in.readInt();
    return new OpenAlert(
        last,
        reasons,
        changedAt,
        escalations,
        told(in.readBoolean(), escalations, last),
        in.optionalInstant(),
        in.optionalInstant());
  }

  /**
   * Rows of format 1 say whether anybody was told, not who: those it is for now, and whom as many
   * escalations may have told.
   */
  private List<Audience> told(boolean notified, int escalations, AlertRevision last) {
    List<Audience> told = in.list(() -> in.code(Vocabulary.AUDIENCE));
    if (!notified || !told.isEmpty()) {
      return told;
    }
    EnumSet<Audience> may = EnumSet.noneOf(Audience.class);
    may.addAll(last.audience());
    if (escalations > 0) {
      may.addAll(List.of(Audience.NEURO_ONCOLOGY, Audience.TREATING_ONCOLOGIST));
    }
    if (escalations > 1) {
      may.add(Audience.MDT_COORDINATOR);
    }
    return List.copyOf(may);
  }

  private AlertRevision alert() {
    String alertKey = in.text();
    in.optionalText(); // patientId: the state names it.
    return new AlertRevision(
        alertKey,
        in.readInt(),
        in.code(Vocabulary.ALERT_CODE),
        in.code(Vocabulary.ALERT_STATE),
        in.optionalCode(Vocabulary.ALERT_STAGE),
        in.code(Vocabulary.PRIORITY),
        in.readBoolean(),
        in.instant(),
        in.optionalInstant(),
        in.list(() -> in.code(Vocabulary.AUDIENCE)),
        in.text(),
        in.optionalText(),
        in.readBoolean(),
        rule(),
        in.list(this::evidence),
        in.list(in::text),
        in.optionalCode(Vocabulary.RESOLUTION));
  }

  private RuleRef rule() {
    String id = in.text();
    List<String> statements = in.list(in::text);
    in.optionalText(); // guideline and version: the partition names them.
    in.optionalText();
    return new RuleRef(id, statements);
  }

  private Evidence evidence() {
    return new Evidence(
        in.text(), in.code(Vocabulary.KIND), in.text(), in.code(Vocabulary.STATUS), observedAt());
  }

  private PublicState visible() {
    return new PublicState(
        in.code(Vocabulary.LM_TYPE),
        in.code(Vocabulary.CERTAINTY),
        in.code(Vocabulary.GROUP),
        in.code(Vocabulary.STAGE),
        in.list(() -> new Recommendation(in.code(Vocabulary.RECOMMENDATION), in.optionalText())),
        in.list(() -> in.code(Vocabulary.CONTRAINDICATION)),
        in.list(this::line),
        in.list(() -> new Schedule(in.code(Vocabulary.SCHEDULE), in.list(this::entry))));
  }

  private PublicState.AlertLine line() {
    return new PublicState.AlertLine(
        in.code(Vocabulary.ALERT_CODE),
        in.optionalCode(Vocabulary.ALERT_STAGE),
        in.code(Vocabulary.PRIORITY),
        in.code(Vocabulary.ALERT_STATE),
        in.optionalText(),
        in.optionalInstant());
  }

  private ScheduleEntry entry() {
    return new ScheduleEntry(in.instant(), in.code(Vocabulary.ENTRY));
  }
}
