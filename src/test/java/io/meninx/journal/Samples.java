package io.meninx.journal;

import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ReportList;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Audience;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Evidence;
import io.meninx.guideline.LmType;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.Schedule;
import io.meninx.guideline.ScheduleCode;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.guideline.Stage;
import io.meninx.guideline.StatusGroup;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import io.meninx.pathway.ResolutionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Decisions, states and journal entries drawn from a seed: every field filled or left out at
 * random; well-formed, without medical sense.
 */
public final class Samples {
  /** How many constants the vocabularies had in release 1; later ones stand behind them. */
  private static final Map<Class<?>, Integer> RELEASE_1 =
      Map.of(
          AlertCode.class, 31,
          RecommendationCode.class, 15,
          ContraindicationCode.class, 8,
          ScheduleCode.class, 8);

  private final Random random;
  private final Map<Class<?>, Integer> limits;

  /** The same seed draws the same. */
  public Samples(long seed) {
    this(seed, Map.of());
  }

  private Samples(long seed, Map<Class<?>, Integer> limits) {
    this.random = new Random(seed);
    this.limits = limits;
  }

  /** With the codes of release 1 only: the same seed draws the same in every release. */
  public static Samples ofRelease1(long seed) {
    return new Samples(seed, RELEASE_1);
  }

  /** An event. */
  public PathwayEvent event() {
    return new PathwayEvent(
        word("event"),
        of(EventType.values()),
        word("code"),
        instant(),
        rule(),
        of(Outcome.values()),
        list(this::evidence),
        list(() -> word("KIND.field")),
        maybe(() -> word("G")),
        maybe(() -> word("previous")),
        maybe(() -> word("fact")),
        list(this::entry));
  }

  /** A revision of an alert. */
  public AlertRevision alert() {
    return new AlertRevision(
        word("alert"),
        1 + random.nextInt(9),
        of(AlertCode.values()),
        of(AlertState.values()),
        maybe(() -> of(AlertStage.values())),
        of(Priority.values()),
        random.nextBoolean(),
        instant(),
        maybe(this::instant),
        list(() -> of(Audience.values())),
        word("summary ü"),
        maybe(() -> word("G")),
        random.nextBoolean(),
        rule(),
        list(this::evidence),
        list(() -> word("KIND.field")),
        maybe(() -> of(ResolutionReason.values())));
  }

  /** A public state. */
  public PublicState state() {
    return new PublicState(
        of(LmType.values()),
        of(Certainty.values()),
        of(StatusGroup.values()),
        of(Stage.values()),
        list(() -> new Recommendation(of(RecommendationCode.values()), maybe(() -> word("G")))),
        list(() -> of(ContraindicationCode.values())),
        list(this::line),
        list(() -> new Schedule(of(ScheduleCode.values()), list(this::entry))));
  }

  /**
   * A patient's state with these facts, each a report of its own or a version of the one before.
   */
  public PatientState patientState(List<Fact> facts) {
    List<Report> reports = new ArrayList<>();
    for (Fact fact : facts) {
      StoredFact stored = new StoredFact(fact, instant());
      if (!reports.isEmpty() && random.nextInt(4) == 0) {
        Report last = reports.removeLast();
        List<StoredFact> earlier = new ArrayList<>(last.earlier());
        earlier.add(stored);
        reports.add(new Report(last.current(), earlier));
      } else {
        reports.add(Report.of(stored));
      }
    }
    return new PatientState(
        random.nextInt(20_000),
        ReportList.copyOf(reports),
        random.nextInt(reports.size() + 1),
        list(this::correction),
        list(this::openAlert),
        state(),
        maybe(() -> word("IMPROVED/r")),
        maybe(this::instant));
  }

  /** A fact for places that only need one. */
  public Fact fact() {
    return switch (random.nextInt(4)) {
      case 0 -> Facts.csf(word("r")).day(random.nextInt(90)).positive().volumeMl(7.5).build();
      case 1 -> Facts.kps(word("r"), 10 * random.nextInt(11)).day(random.nextInt(90)).build();
      case 2 -> Facts.fullMri(word("r")).day(random.nextInt(90)).preliminary().build();
      default -> Facts.biopsy(word("r")).day(random.nextInt(90)).marker("EGFR", "L858R").build();
    };
  }

  /** A journal entry of any disposition. */
  public JournalEntry entry(long sequence) {
    JournalEntry.Disposition disposition = of(JournalEntry.Disposition.values());
    boolean dead = disposition == JournalEntry.Disposition.DEAD_LETTER;
    boolean change = !disposition.ofAnInput();
    return new JournalEntry(
        sequence,
        disposition,
        change ? Optional.empty() : Optional.of(coordinates()),
        maybe(this::instant),
        dead || change ? Optional.empty() : Optional.of(input(disposition)),
        dead ? Optional.of(deadLetter()) : Optional.empty(),
        maybe(() -> new JournalEntry.Flag(word("REASON"), word("CSF.field"))),
        list(this::group),
        word("0.1."),
        List.of(
            new JournalEntry.Setting("zone", "UTC"),
            new JournalEntry.Setting("debounceMinutes", "10")),
        Sha256.of(word("guideline")).hex(),
        change ? Optional.of(word("text")) : Optional.empty());
  }

  private Input input(JournalEntry.Disposition disposition) {
    return disposition == JournalEntry.Disposition.TICK
        ? new Input.OfTick(instant(), word("instance"))
        : new Input.OfFact(fact());
  }

  private JournalEntry.Coordinates coordinates() {
    return new JournalEntry.Coordinates(
        "csf-cytology-results",
        random.nextInt(12),
        random.nextLong(1L << 40),
        Instant.ofEpochMilli(1_735_000_000_000L + random.nextInt()));
  }

  private JournalEntry.DeadLetterRef deadLetter() {
    return new JournalEntry.DeadLetterRef(
        word("REASON"),
        maybe(() -> word("header.")),
        maybe(() -> Sha256.of(word("key"))),
        maybe(() -> Sha256.of(word("value"))));
  }

  private JournalEntry.Group group() {
    JournalEntry.Cause cause = of(JournalEntry.Cause.values());
    return new JournalEntry.Group(
        new PatientId(word("patient")),
        instant(),
        cause,
        cause == JournalEntry.Cause.HELD_INPUT ? Optional.of(held()) : Optional.empty(),
        list(this::event),
        list(this::alert),
        PublicStateDigest.of(state()));
  }

  private JournalEntry.Held held() {
    return new JournalEntry.Held(
        random.nextInt(1000),
        of(JournalEntry.Disposition.values()),
        maybe(this::deadLetter),
        maybe(() -> new JournalEntry.Flag(word("REASON"), word("CSF.field"))));
  }

  private io.meninx.guideline.Correction correction() {
    return new io.meninx.guideline.Correction(
        new ReportId(word("r")),
        instant(),
        "G46",
        random.nextBoolean(),
        list(() -> word("CLASSIFICATION")),
        list(() -> word("act")));
  }

  private OpenAlert openAlert() {
    AlertRevision last = alert();
    return new OpenAlert(
        last,
        list(() -> word("reason")),
        instant(),
        random.nextInt(3),
        random.nextBoolean() ? List.copyOf(new TreeSet<>(last.audience())) : List.of(),
        maybe(this::instant),
        maybe(this::instant));
  }

  private PublicState.AlertLine line() {
    return new PublicState.AlertLine(
        of(AlertCode.values()),
        maybe(() -> of(AlertStage.values())),
        of(Priority.values()),
        of(AlertState.values()),
        maybe(() -> word("G")),
        maybe(this::instant));
  }

  private RuleRef rule() {
    return new RuleRef(word("S"), list(() -> word("S")));
  }

  private Evidence evidence() {
    return new Evidence(
        word("fact"),
        of(FactKind.values()),
        word("cytology=POSITIVE"),
        of(ResultStatus.values()),
        new ObservedAt(instant(), of(ObservedAt.Precision.values())));
  }

  private ScheduleEntry entry() {
    return new ScheduleEntry(instant(), of(EntryState.values()));
  }

  private Instant instant() {
    return Facts.noon(0).plusNanos(1_000L * random.nextLong(1L << 45));
  }

  private String word(String stem) {
    return stem + random.nextInt(100);
  }

  @SafeVarargs
  private <T> T of(T... values) {
    int count = limits.getOrDefault(values[0].getClass(), values.length);
    return values[random.nextInt(count)];
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> List<T> list(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return items;
  }
}
