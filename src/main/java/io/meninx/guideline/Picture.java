package io.meninx.guideline;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.BiopsyResult;
import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.CsfResult;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import io.meninx.fact.ReportDifference;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the rules look at: the current facts that count, by kind, in fold order (observedAt,
 * reportedAt, id), with the opening of the pathway. A function of the set of fact versions: arrival
 * order does not matter (invariant 4).
 */
public final class Picture {
  /** Every aspect. */
  static final long ALL = -1;

  /** Reports in pictures of what was known that are kept, about. */
  private static final int MOST_KNOWN = 200_000;

  private static final Statement[] STATEMENTS = Statement.values();

  private final List<Known<ImagingReport>> imaging = new ArrayList<>();
  private final List<Known<CsfResult>> csf = new ArrayList<>();
  private final List<Known<BiopsyResult>> biopsies = new ArrayList<>();
  private final List<Known<PerformanceStatus>> performance = new ArrayList<>();
  private final List<Known<ClinicalAssessment>> assessed = new ArrayList<>();
  private final Map<Statement, List<Known<ClinicalAssessment>>> assessments =
      new EnumMap<>(Statement.class);
  private final List<Act> statedActs = new ArrayList<>();
  private final List<Act> acts = new ArrayList<>();
  private final List<Act> endings = new ArrayList<>();
  private final List<Known<OutcomeReport>> outcomes = new ArrayList<>();
  private final List<Known<AlertResponse>> responses = new ArrayList<>();
  private final List<Known<Fact>> pending = new ArrayList<>();
  private final List<Known<Fact>> implausible = new ArrayList<>();
  private final List<Known<CsfResult>> mistimed = new ArrayList<>(0);
  private final List<Known<Fact>> reportedAhead = new ArrayList<>(0);
  private final List<Known<Fact>> preliminary = new ArrayList<>(0);
  private final Map<ObservedAt, Picture> knownAt = new HashMap<>(4);
  private final Set<ObservedAt> asked = new HashSet<>(4);
  private final List<Judgement<?>> judgements = new ArrayList<>(2);
  private final boolean preliminaryCounts;
  private final Agents agents;
  private final Looked looked = new Looked();
  private final List<Report> amended = new ArrayList<>(0);
  private List<Report> reports;
  private long arrangement;
  private Optional<Known<?>> opening = Optional.empty();

  /**
   * The picture of these reports.
   *
   * @param reports in {@link Report#FOLD_ORDER}
   * @param agents reads agent texts
   * @param preliminaryCounts whether preliminary results count too: that picture may block and
   *     warn, never permit
   */
  public Picture(List<Report> reports, Agents agents, boolean preliminaryCounts) {
    this.reports = reports;
    this.agents = agents;
    this.preliminaryCounts = preliminaryCounts;
    for (Report report : reports) {
      come(report);
    }
    readActs();
  }

  /** Whether preliminary results count in it. */
  boolean preliminaryCounts() {
    return preliminaryCounts;
  }

  /** What is looked at in this picture. */
  Looked looked() {
    return looked;
  }

  // ------------------------------------------------------------------ other reports

  /**
   * Becomes the picture of other reports.
   *
   * @param difference between the reports it was made of and these; there is one
   * @param all the reports, in {@link Report#FOLD_ORDER}
   * @return what changed, as a set of aspects; {@link #ALL} when the picture must be made anew, and
   *     this one is good for nothing any more
   */
  long become(ReportDifference difference, List<Report> all) {
    if (opensOtherwise(difference)) {
      return ALL;
    }
    reports = all;
    long changed = Aspect.REPORTS.bit();
    arrangement += difference.gone().size();
    for (Report report : difference.gone()) {
      changed |= leave(report);
    }
    for (Report report : difference.came()) {
      changed |= come(report);
    }
    if ((changed & Aspect.ACTS.bit()) != 0) {
      readActs();
    }
    if (knewOtherwise(difference)) {
      asked.clear();
      judgements.forEach(Judgement::forget);
      changed |= Aspect.KNOWN_THEN.bit();
    }
    return changed;
  }

  /** Whether the report that opened the pathway is gone, or one came that opens it earlier. */
  private boolean opensOtherwise(ReportDifference difference) {
    return (opening.isPresent() && difference.gone().contains(opening.get().report()))
        || difference.came().stream().anyMatch(this::opensEarlier);
  }

  private boolean opensEarlier(Report report) {
    boolean earlier =
        opening.isEmpty() || Report.FOLD_ORDER.compare(report, opening.get().report()) < 0;
    return earlier && opens(report.current().fact());
  }

  /** Whether something else was known at a time that was asked for. */
  private boolean knewOtherwise(ReportDifference difference) {
    if (asked.isEmpty()) {
      return false;
    }
    for (StoredFact version : difference.versions()) {
      Instant reported = version.fact().header().reportedAt();
      if (asked.stream().anyMatch(time -> time.knew(reported))) {
        return true;
      }
    }
    return false;
  }

  /** Lets go of what need not be kept until the next report comes. */
  void rest() {
    if (!knownAt.isEmpty()) { // what was once large is cleared at length
      knownAt.clear();
    }
  }

  /**
   * Changes whenever a report leaves, or comes before others of its list: as long as it is the
   * same, lists have only grown at their ends.
   */
  long arrangement() {
    return arrangement;
  }

  private <F extends Fact> void insert(List<Known<F>> facts, Known<F> known) {
    insert(facts, known, Known::report);
  }

  /** At its place in the order, which is most often the last one. */
  private <T> void insert(List<T> list, T one, Function<T, Report> report) {
    int at = list.size();
    while (at > 0
        && Report.FOLD_ORDER.compare(report.apply(list.get(at - 1)), report.apply(one)) > 0) {
      at--;
    }
    if (at < list.size()) {
      arrangement++;
    }
    list.add(at, one);
  }

  /** Takes a report in; what changed, as a set of aspects. */
  private long come(Report report) {
    long changed = fold(report);
    if (!report.earlier().isEmpty()) {
      insert(amended, report, Function.identity());
      changed |= Aspect.AMENDED.bit();
    }
    return changed;
  }

  /** Takes a report out again; what changed, as a set of aspects. */
  private long leave(Report report) {
    long changed =
        leave(imaging, report, Aspect.IMAGING)
            | leave(csf, report, Aspect.CSF)
            | leave(biopsies, report, Aspect.BIOPSIES)
            | leave(performance, report, Aspect.PERFORMANCE)
            | leave(assessed, report, Aspect.ASSESSED)
            | leave(outcomes, report, Aspect.OUTCOMES)
            | leave(responses, report, Aspect.RESPONSES)
            | leave(pending, report, Aspect.PENDING)
            | leave(preliminary, report, Aspect.PENDING)
            | leave(implausible, report, Aspect.IMPLAUSIBLE)
            | leave(mistimed, report, Aspect.IMPLAUSIBLE)
            | leave(reportedAhead, report, Aspect.IMPLAUSIBLE);
    for (Map.Entry<Statement, List<Known<ClinicalAssessment>>> stating : assessments.entrySet()) {
      changed |= leave(stating.getValue(), report, Aspect.of(stating.getKey()));
    }
    if (statedActs.removeIf(act -> act.known().report().equals(report))) {
      changed |= Aspect.ACTS.bit();
    }
    if (amended.remove(report)) {
      changed |= Aspect.AMENDED.bit();
    }
    return changed;
  }

  private static long leave(List<? extends Known<?>> facts, Report report, Aspect aspect) {
    return facts.removeIf(known -> known.report().equals(report)) ? aspect.bit() : 0;
  }

  private long assess(Known<ClinicalAssessment> known) {
    long changed = assessed.isEmpty() ? Aspect.ASSESSED.bit() : 0;
    insert(assessed, known);
    for (Statement statement : STATEMENTS) {
      if (statement.in(known.fact())) {
        insert(assessments.computeIfAbsent(statement, _ -> new ArrayList<>()), known);
        changed |= Aspect.of(statement).bit();
      }
    }
    return changed;
  }

  private void act(Act act) {
    insert(statedActs, act, one -> one.known().report());
  }

  /** The acts with what their orders say, and those that end orders. */
  private void readActs() {
    acts.clear();
    acts.addAll(statedActs);
    readOrders();
    endings.clear();
    for (Act act : acts) {
      if (act.fact().action().ends()) {
        endings.add(act);
      }
    }
  }

  /** An act that names no agent, field or indication has that of the order it belongs to. */
  private void readOrders() {
    Map<Order, Act> orders = new HashMap<>();
    for (Act act : acts) {
      if (act.fact().orderId().isPresent()) {
        orders.merge(order(act), act, Act::completedBy);
      }
    }
    if (!orders.isEmpty()) {
      acts.replaceAll(
          act ->
              act.fact().orderId().isEmpty()
                  ? act
                  : act.completedBy(orders.getOrDefault(order(act), act)));
    }
  }

  private record Order(TreatmentEvent.Modality modality, String id) {}

  private static Order order(Act act) {
    return new Order(act.fact().modality(), act.fact().orderId().orElseThrow());
  }

  /**
   * What was known: the same reports with the versions reported by then only. A report none of
   * whose versions was known is not in it.
   */
  public Picture asKnown(Predicate<Header> knownThen) {
    return new Picture(knownVersions(reports, knownThen), agents, false);
  }

  /**
   * The same reports with preliminary results counted too; empty when there are none: it would be
   * the same picture.
   */
  Optional<Picture> withPreliminary() {
    boolean any =
        reports.stream().anyMatch(report -> report.header().status() == ResultStatus.PRELIMINARY);
    return any ? Optional.of(new Picture(reports, agents, true)) : Optional.empty();
  }

  /** What was known at a clinical time, at its own precision; kept, since several rules ask. */
  private Picture asKnownAt(ObservedAt time) {
    if ((long) knownAt.size() * reports.size() > MOST_KNOWN) {
      knownAt.clear(); // of thousands of acts, each with a time of its own, memory would not do
    }
    return knownAt.computeIfAbsent(time, _ -> asKnown(header -> time.knew(header.reportedAt())));
  }

  /**
   * What is to be said of what was known at a clinical time; it is asked once for each, as long as
   * nothing else becomes known of that time.
   */
  final class Judgement<T> {
    private final BiFunction<Picture, ObservedAt, T> judge;
    private final Map<ObservedAt, T> judged = new HashMap<>(4);

    /**
     * Of this picture.
     *
     * @param judge says it of the picture that there was at a time
     */
    Judgement(BiFunction<Picture, ObservedAt, T> judge) {
      this.judge = judge;
      judgements.add(this);
    }

    T at(ObservedAt time) {
      looked.at(Aspect.KNOWN_THEN);
      asked.add(time);
      return judged.computeIfAbsent(time, _ -> judge.apply(asKnownAt(time), time));
    }

    private void forget() {
      judged.clear();
    }
  }

  /** The reports restricted to the versions that were known, in fold order. */
  public static List<Report> knownVersions(List<Report> reports, Predicate<Header> knownThen) {
    List<Report> known = new ArrayList<>(reports.size());
    boolean resort = false;
    for (Report report : reports) {
      if (report.earlier().isEmpty()) {
        if (knownThen.test(report.header())) {
          known.add(report);
        }
      } else {
        List<StoredFact> versions =
            report.versions().stream().filter(v -> knownThen.test(v.fact().header())).toList();
        if (!versions.isEmpty()) {
          known.add(Report.of(versions));
          resort = true;
        }
      }
    }
    if (resort) {
      known.sort(Report.FOLD_ORDER);
    }
    return known;
  }

  /** Puts what a report says at its place; what changed, as a set of aspects. */
  private long fold(Report report) {
    Fact fact = report.current().fact();
    ResultStatus status = fact.header().status();
    boolean counts = status != ResultStatus.PRELIMINARY || preliminaryCounts;
    boolean toCome = status == ResultStatus.PRELIMINARY && isStillToCome(fact);
    boolean waitedFor = status == ResultStatus.PRELIMINARY && hasFinalVersion(fact);
    if (status == ResultStatus.WITHDRAWN || (!counts && !waitedFor)) {
      return 0;
    }
    if (Plausibility.timeFlag(report.current()).isPresent()) {
      if (!counts) {
        return 0;
      }
      insert(implausible, new Known<>(report, fact));
      return Aspect.IMPLAUSIBLE.bit();
    }
    long changed = 0;
    if (counts && fact instanceof CsfResult sample && Plausibility.isMistimed(sample)) {
      insert(mistimed, new Known<>(report, sample));
      changed = Aspect.IMPLAUSIBLE.bit();
    }
    if (counts && Plausibility.isReportedAhead(report.current())) {
      insert(reportedAhead, new Known<>(report, fact));
      changed = Aspect.IMPLAUSIBLE.bit();
    }
    if (waitedFor) {
      insert(preliminary, new Known<>(report, fact));
      changed |= Aspect.PENDING.bit();
    }
    if (status == ResultStatus.PENDING || toCome) {
      insert(pending, new Known<>(report, fact));
      changed |= Aspect.PENDING.bit();
    }
    boolean says = status.counts() || (status == ResultStatus.PRELIMINARY && counts);
    return says ? changed | place(report, fact) : changed;
  }

  /** Whether it is a result, or may be one, that is not final before a version says so. */
  private static boolean hasFinalVersion(Fact fact) {
    return fact instanceof CsfResult
        || fact instanceof BiopsyResult
        || (fact instanceof ImagingReport report
            && report.modality() == ImagingReport.Modality.MRI);
  }

  /** Whether a report does not say yet what it was asked for: its result is as good as pending. */
  private static boolean isStillToCome(Fact fact) {
    return switch (fact) {
      case CsfResult csf -> csf.cytology() == CsfResult.Cytology.UNKNOWN;
      case BiopsyResult biopsy ->
          biopsy.histology() == BiopsyResult.Histology.UNKNOWN && biopsy.markers().isEmpty();
      case ImagingReport report ->
          report.modality() == ImagingReport.Modality.MRI
              && report.pattern() == ImagingReport.Pattern.UNKNOWN;
      case PerformanceStatus _,
          ClinicalAssessment _,
          TreatmentEvent _,
          OutcomeReport _,
          AlertResponse _ ->
          false;
    };
  }

  private long place(Report report, Fact fact) {
    return switch (fact) {
      case ImagingReport value -> {
        insert(imaging, opening(new Known<>(report, value), opens(value)));
        yield Aspect.IMAGING.bit();
      }
      case CsfResult value -> {
        insert(csf, opening(new Known<>(report, value), true));
        yield Aspect.CSF.bit();
      }
      case BiopsyResult value -> {
        insert(biopsies, new Known<>(report, value));
        yield Aspect.BIOPSIES.bit();
      }
      case PerformanceStatus value -> {
        insert(performance, new Known<>(report, value));
        yield Aspect.PERFORMANCE.bit();
      }
      case ClinicalAssessment value -> assess(opening(new Known<>(report, value), opens(fact)));
      case TreatmentEvent value -> {
        act(
            Act.stated(
                opening(new Known<>(report, value), opens(value)), agents.read(value.agent())));
        yield Aspect.ACTS.bit();
      }
      case OutcomeReport value -> {
        insert(outcomes, new Known<>(report, value));
        yield Aspect.OUTCOMES.bit();
      }
      case AlertResponse value -> {
        insert(responses, new Known<>(report, value));
        yield Aspect.RESPONSES.bit();
      }
    };
  }

  /** Whether a version of a fact opens the pathway. */
  public static boolean opens(Fact fact) {
    return switch (fact) {
      case ImagingReport report -> opens(report);
      case CsfResult _ -> true;
      case ClinicalAssessment assessment ->
          assessment.suspicion() != ClinicalAssessment.Suspicion.UNKNOWN;
      case TreatmentEvent event -> opens(event);
      case BiopsyResult _, PerformanceStatus _, OutcomeReport _, AlertResponse _ -> false;
    };
  }

  private static boolean opens(ImagingReport report) {
    return switch (report.pattern()) {
      case LINEAR, NODULAR, BOTH, POSITIVE_UNSPECIFIED, EQUIVOCAL -> true;
      case NONE, NOT_ASSESSED, UNKNOWN -> false;
    };
  }

  private static boolean opens(TreatmentEvent event) {
    return event.modality() == TreatmentEvent.Modality.INTRATHECAL
        || event.modality() == TreatmentEvent.Modality.OMMAYA_PLACEMENT;
  }

  private <F extends Fact> Known<F> opening(Known<F> known, boolean opens) {
    if (opens && opening.isEmpty()) {
      opening = Optional.of(known);
    }
    return known;
  }

  /** All reports it was made of. */
  public List<Report> reports() {
    looked.at(Aspect.REPORTS);
    return reports;
  }

  /** Reports with more than one version. */
  List<Report> amended() {
    looked.at(Aspect.AMENDED);
    return amended;
  }

  /** The fact that opened the pathway. */
  public Optional<Known<?>> opening() {
    return opening;
  }

  /**
   * The day the pathway opened for those who read reports: the reportedAt date of the first version
   * that opens it. No need is older; the pathway is open.
   */
  long openingStatedOn() {
    return Known.statedOn(opening.orElseThrow().report(), (_, version) -> opens(version));
  }

  /** Whether a clinical time lies before the opening, or nothing opened the pathway: history. */
  public boolean isHistory(ObservedAt observed) {
    return opening.isEmpty() || Known.before(observed, opening.get().observed());
  }

  /** Whether a fact is history. */
  public boolean isHistory(Known<?> known) {
    return isHistory(known.observed());
  }

  /** Imaging reports. */
  public List<Known<ImagingReport>> imaging() {
    looked.at(Aspect.IMAGING);
    return imaging;
  }

  /** CSF results. */
  public List<Known<CsfResult>> csf() {
    looked.at(Aspect.CSF);
    return csf;
  }

  /** Biopsies. */
  public List<Known<BiopsyResult>> biopsies() {
    looked.at(Aspect.BIOPSIES);
    return biopsies;
  }

  /** Performance status, stated or not. */
  public List<Known<PerformanceStatus>> performance() {
    looked.at(Aspect.PERFORMANCE);
    return performance;
  }

  /** Clinical assessments that state this; the others are not seen by who asks for it. */
  List<Known<ClinicalAssessment>> assessments(Statement statement) {
    looked.at(Aspect.of(statement));
    return assessments.getOrDefault(statement, List.of());
  }

  /** Whether there is any clinical assessment, whatever it states. */
  boolean assessed() {
    looked.at(Aspect.ASSESSED);
    return !assessed.isEmpty();
  }

  /** Acts of treatment. */
  public List<Act> acts() {
    looked.at(Aspect.ACTS);
    return acts;
  }

  /**
   * Reports whose current version says only that something was ordered, or is preliminary and does
   * not say what was asked for.
   */
  public List<Known<Fact>> pending() {
    looked.at(Aspect.PENDING);
    return pending;
  }

  /** Preliminary results, whatever they say, that a final version has not replaced. */
  List<Known<Fact>> preliminary() {
    looked.at(Aspect.PENDING);
    return preliminary;
  }

  /** Facts kept but not looked at, because their time can't be right. */
  public List<Known<Fact>> implausible() {
    looked.at(Aspect.IMPLAUSIBLE);
    return implausible;
  }

  /** Samples processed before they were collected (G11), also those ordered only or cancelled. */
  List<Known<CsfResult>> mistimed() {
    looked.at(Aspect.IMPLAUSIBLE);
    return mistimed;
  }

  /** Facts that say that they were reported later than they were received. */
  List<Known<Fact>> reportedAhead() {
    looked.at(Aspect.IMPLAUSIBLE);
    return reportedAhead;
  }

  /** People's answers to alerts. */
  public List<Known<AlertResponse>> responses() {
    looked.at(Aspect.RESPONSES);
    return responses;
  }

  /** The last outcome stated. */
  public Optional<Known<OutcomeReport>> outcome() {
    looked.at(Aspect.OUTCOMES);
    for (int i = outcomes.size() - 1; i >= 0; i--) {
      if (outcomes.get(i).fact().vital() != OutcomeReport.Vital.UNKNOWN) {
        return Optional.of(outcomes.get(i));
      }
    }
    return Optional.empty();
  }

  /** The last assessment that states this: each field keeps its last stated value. */
  Optional<Known<ClinicalAssessment>> lastAssessment(Statement statement) {
    List<Known<ClinicalAssessment>> stating = assessments(statement);
    return stating.isEmpty() ? Optional.empty() : Optional.of(stating.getLast());
  }

  /** The last imaging report that satisfies the condition. */
  public Optional<Known<ImagingReport>> lastImaging(Predicate<ImagingReport> states) {
    return last(imaging(), states);
  }

  /** The last fact of a list that satisfies the condition. */
  public static <F extends Fact> Optional<Known<F>> last(
      List<Known<F>> facts, Predicate<F> states) {
    for (int i = facts.size() - 1; i >= 0; i--) {
      if (states.test(facts.get(i).fact())) {
        return Optional.of(facts.get(i));
      }
    }
    return Optional.empty();
  }

  /**
   * The first fact of the present run: going back from the last fact that states anything, as long
   * as the condition holds. Empty when the last stated value does not satisfy it.
   */
  public static <F extends Fact> Optional<Known<F>> startOfRun(
      List<Known<F>> facts, Predicate<F> states, Predicate<F> holds) {
    int start = -1;
    for (int i = facts.size() - 1; i >= 0; i--) {
      F fact = facts.get(i).fact();
      if (!states.test(fact)) {
        continue;
      }
      if (!holds.test(fact)) {
        break;
      }
      start = i;
    }
    return start < 0 ? Optional.empty() : Optional.of(facts.get(start));
  }

  /** All facts of the present run, oldest first; none when it has no first one. */
  static <F extends Fact> List<Known<F>> run(
      List<Known<F>> facts, Predicate<F> states, Predicate<F> holds) {
    List<Known<F>> run = new ArrayList<>();
    for (Known<F> known : facts.reversed()) {
      if (!states.test(known.fact())) {
        continue;
      }
      if (!holds.test(known.fact())) {
        break;
      }
      run.add(known);
    }
    return run.reversed();
  }

  /**
   * The day on which the first report was made of those of the present run, whenever it is about:
   * an older finding that is reported late does not make the need later.
   */
  static <F extends Fact> OptionalLong runStatedOn(
      List<Known<F>> facts, Class<F> kind, Predicate<F> states, Predicate<F> holds) {
    List<Known<F>> run = run(facts, states, holds);
    return run.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Known.statedOn(run, kind, holds));
  }

  /** Whether the order of an act was stopped or cancelled after it. */
  public boolean ended(Act act) {
    looked.at(Aspect.ACTS);
    for (Act end : endings) {
      if (follows(end, act) && act.sameOrder(end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether what was stopped had begun: some of it was given, by an act before the stop or by its
   * own words, which are not those of the order again; or nothing says that it was ordered only.
   * What was ordered or given anew since is not what was stopped.
   */
  boolean wasGiven(Act stopped) {
    looked.at(Aspect.ACTS);
    boolean ordered = false;
    boolean repeats = false;
    for (Act act : acts) {
      if (act.sameOrder(stopped) && follows(stopped, act)) {
        if (act.given()) {
          return true;
        }
        if (act.fact().action() == TreatmentEvent.Action.ORDERED) {
          ordered = true;
          repeats |= sameDose(act.fact(), stopped.fact());
        }
      }
    }
    TreatmentEvent event = stopped.fact();
    boolean stated =
        event.doseMg().isPresent() || event.doseGy().isPresent() || event.fractions().isPresent();
    return !ordered || (stated && !repeats);
  }

  private static boolean sameDose(TreatmentEvent one, TreatmentEvent other) {
    return one.doseMg().equals(other.doseMg())
        && one.doseGy().equals(other.doseGy())
        && one.fractions().equals(other.fractions());
  }

  /**
   * Whether an end comes after an act. Where their clinical times can't tell, which of them was
   * reported first does: what was given or ordered anew after its order was stopped is not stopped
   * by that, though it was on the same day.
   */
  static boolean follows(Act end, Act act) {
    if (end.known().before(act.known())) {
      return false;
    }
    return act.known().before(end.known())
        || !end.known().firstReported().isBefore(act.known().firstReported());
  }
}
