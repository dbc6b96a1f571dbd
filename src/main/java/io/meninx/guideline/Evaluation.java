package io.meninx.guideline;

import io.meninx.fact.ObservedAt;
import io.meninx.fact.OutcomeReport;
import io.meninx.fact.Report;
import io.meninx.fact.ReportDifference;
import io.meninx.guideline.RuleGroup.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules over a picture: what they share, what each group of them has found, and what it looked
 * at for it. When the picture or the time changes, only the groups run again that looked at what
 * changed; what is found does not depend on it. For use by one thread.
 */
final class Evaluation {
  /** What findings are made of. */
  private static final long GIVEN =
      Aspect.CLASSIFICATION.bit()
          | Aspect.STATUS.bit()
          | Aspect.STAGE.bit()
          | Aspect.RESPONSE.bit()
          | Aspect.CONTRAINDICATIONS.bit()
          | Aspect.RECOMMENDATIONS.bit()
          | Aspect.SCHEDULES.bit()
          | Aspect.ALERTS.bit();

  private static final Comparator<Act> OLDEST_FIRST =
      Comparator.comparing(Act::known, Known.OLDEST_FIRST);

  private static final Comparator<ScheduleEntry> BY_DUE_TIME =
      Comparator.comparing(ScheduleEntry::dueAt);

  final Picture picture;
  final Parameters parameters;

  private final List<RuleGroup> groups = new ArrayList<>(53);
  private final Mdt mdt = new Mdt(this);
  private final Value<Set<String>> declined;
  private final Value<Diagnosis> diagnosis;
  private final Value<Status> status;
  private final Value<FlowState> flow;
  private final Value<Molecular> molecular;
  private final Value<List<Course>> courses;
  private final Value<Findings.Reasoned<Stage>> stage;
  private final Value<Optional<Findings.AssessedResponse>> response;
  private final Value<Reason> gate;
  private final int gateGroup;

  private Moment moment = new Moment(Instant.EPOCH);
  private List<Correction> corrections = List.of();
  private Scope reached = Scope.ALWAYS;

  /** Number of the group that runs: what those after it found is not there for it. */
  private int running;

  private long changed = Picture.ALL;
  private @Nullable Findings found;

  Evaluation(Picture picture, Parameters parameters) {
    this.picture = picture;
    this.parameters = parameters;
    declined = new Value<>(Scope.ALWAYS, Aspect.DECLINED, this::whatIsDeclined);
    diagnosis =
        new Value<>(Scope.ALWAYS, Aspect.CLASSIFICATION, () -> Diagnosis.of(picture, parameters));
    status = new Value<>(Scope.ALWAYS, Aspect.STATUS, () -> Status.of(picture, parameters));
    flow =
        new Value<>(Scope.ALWAYS, Aspect.FLOW, () -> FlowState.of(picture, parameters, moment()));
    molecular =
        new Value<>(
            Scope.ALWAYS, Aspect.MOLECULAR, () -> Molecular.of(picture, parameters.vocabulary()));
    courses = new Value<>(Scope.ALWAYS, Aspect.COURSES, () -> Course.of(picture, parameters));
    stage = new Value<>(Scope.ALWAYS, Aspect.STAGE, () -> StatusRules.stage(this));
    // A contraindication stands whether or not anything was ordered, so also before the pathway
    // opens: who orders first must find it.
    IntrathecalRules intrathecal = new IntrathecalRules(this, mdt);
    RadiotherapyRules radiotherapy = new RadiotherapyRules(this);
    StatusRules statusRules = new StatusRules(this, mdt);
    groups(Scope.LIVING, List.of(new DataRules(this)::conflicts));
    groups(Scope.LIVING, intrathecal.contraindications());
    groups(Scope.LIVING, radiotherapy.contraindications());
    groups(Scope.LIVING, List.of(statusRules::contraindications));
    response = new Value<>(Scope.LIVING, Aspect.RESPONSE, () -> FollowUpRules.response(this));
    WorkupRules workup = new WorkupRules(this, mdt);
    groups(Scope.OPEN, statusRules.rules());
    groups(Scope.OPEN, workup.rules());
    groups(Scope.OPEN, new SystemicRules(this, mdt).rules());
    groups(Scope.OPEN, radiotherapy.rules());
    gate = new Value<>(Scope.OPEN, Aspect.GATE, () -> intrathecal.gate().reason());
    gateGroup = groups.size() - 1;
    groups(Scope.OPEN, intrathecal.rules());
    CorrectionRules corrected = new CorrectionRules(this, mdt);
    groups(Scope.OPEN, List.of(new MethotrexateCalendar(this, mdt, corrected)::apply));
    groups(Scope.OPEN, new FollowUpRules(this).rules());
    groups(Scope.OPEN, List.of(corrected::apply));
    groups(Scope.OPEN, List.of(workup::resultsOverdue));
    running = gateGroup;
  }

  private void groups(Scope scope, List<Runnable> rules) {
    rules.forEach(part -> groups.add(new RuleGroup(scope, part)));
  }

  /** Something found from the picture that rules look at. */
  private final class Value<T> {
    private final Aspect aspect;
    private final Supplier<T> finder;
    private @Nullable T value;

    Value(Scope scope, Aspect aspect, Supplier<T> finder) {
      this.aspect = aspect;
      this.finder = finder;
      groups.add(new RuleGroup(scope, this::find));
    }

    private void find() {
      T now = finder.get();
      if (!now.equals(value)) {
        value = now;
        changed |= aspect.bit();
      }
    }

    T get() {
      picture.looked().at(aspect);
      return Objects.requireNonNull(value, aspect::name);
    }
  }

  // ------------------------------------------------------------------ running

  /**
   * Everything that stands at a moment.
   *
   * @param now logical time, not before the last one asked for
   */
  Findings at(List<Correction> known, Instant now) {
    moment = new Moment(now);
    if (!known.equals(corrections)) {
      corrections = known;
      changed |= Aspect.CORRECTIONS.bit();
    }
    Scope scope = closed() ? Scope.ALWAYS : opened() ? Scope.OPEN : Scope.LIVING;
    boolean other = scope != reached;
    reached = scope;
    for (int i = 0; i < groups.size(); i++) {
      RuleGroup group = groups.get(i);
      if (group.scope().compareTo(scope) > 0) {
        if (other) {
          group.forget();
        }
      } else {
        run(i, now);
      }
    }
    long differs = other ? Picture.ALL : changed;
    changed = 0;
    picture.rest();
    found = findings(found, differs);
    return found;
  }

  private void run(int number, Instant now) {
    RuleGroup group = groups.get(number);
    if (!group.stands(changed, now)) {
      running = number;
      long differs = group.run(picture.looked(), moment); // may change what changed, too
      changed |= differs;
    }
  }

  /** What intrathecal treatment would have lacked at that time; nothing if it was permitted. */
  List<String> unmetForIntrathecalAt(Instant then) {
    moment = new Moment(then);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).scope() != Scope.OPEN || i == gateGroup) {
        run(i, then);
      }
    }
    return gate().unmet();
  }

  /**
   * Goes over to other reports.
   *
   * @param difference between the reports there were and these; there is one
   * @param all the reports, in fold order
   * @return whether that could be done; if not, they need an evaluation of their own, and this one
   *     is good for nothing any more
   */
  boolean become(ReportDifference difference, List<Report> all) {
    long aspects = picture.become(difference, all);
    changed |= aspects;
    return aspects != Picture.ALL;
  }

  /**
   * What the groups have found.
   *
   * @param before the last findings, of which the parts are taken over that are the same
   * @param differs from them, as a set of aspects
   */
  private Findings findings(@Nullable Findings before, long differs) {
    Optional<Instant> next = next();
    if (before != null && (differs & GIVEN) == 0) {
      return before.next().equals(next) ? before : before.until(next);
    }
    return new Findings(
        diagnosis.get().classified(),
        status.get().group(),
        stage.get(),
        before == null || differs(differs, Aspect.RECOMMENDATIONS)
            ? considered(true)
            : before.recommendations(),
        before == null || differs(differs, Aspect.RECOMMENDATIONS)
            ? considered(false)
            : before.withheld(),
        before == null || differs(differs, Aspect.CONTRAINDICATIONS)
            ? byCode(
                RuleGroup::contraindications, RuleGroup.Standing::code, RuleGroup.Standing::reason)
            : before.contraindications(),
        before == null || differs(differs, Aspect.SCHEDULES)
            ? byCode(RuleGroup::schedules, one -> one.value().code(), one -> one)
            : before.schedules(),
        before == null || differs(differs, Aspect.ALERTS)
            ? byCode(RuleGroup::alerts, AlertFinding::slot, one -> one)
            : before.alerts(),
        reached == Scope.ALWAYS ? Optional.empty() : response.get(),
        next);
  }

  private static boolean differs(long aspects, Aspect aspect) {
    return (aspects & aspect.bit()) != 0;
  }

  private SortedMap<Recommendation, Reason> considered(boolean stands) {
    SortedMap<Recommendation, Reason> all = new TreeMap<>();
    each(
        groups.size(),
        RuleGroup::recommendations,
        one -> {
          if (one.stands() == stands) {
            all.put(one.recommendation(), one.reason());
          }
        });
    return all;
  }

  private <T, K extends Comparable<K>, V> SortedMap<K, V> byCode(
      Function<RuleGroup, List<T>> of, Function<T, K> code, Function<T, V> value) {
    SortedMap<K, V> all = new TreeMap<>();
    each(groups.size(), of, one -> all.put(code.apply(one), value.apply(one)));
    return all;
  }

  /**
   * What groups have found. Loops over numbers: most have found nothing, and an iterator for each
   * of them was a fifth of all that a decision allocates.
   *
   * @param number of groups, from the first one
   */
  private <T> void each(int number, Function<RuleGroup, List<T>> of, Consumer<T> to) {
    for (int i = 0; i < number; i++) {
      List<T> found = of.apply(groups.get(i));
      for (int j = 0; j < found.size(); j++) {
        to.accept(found.get(j));
      }
    }
  }

  /** The first that the groups up to the one that runs have found. */
  private <T> Optional<T> first(Function<RuleGroup, List<T>> of, Predicate<T> which) {
    for (int i = 0; i <= running; i++) {
      List<T> found = of.apply(groups.get(i));
      for (int j = 0; j < found.size(); j++) {
        if (which.test(found.get(j))) {
          return Optional.of(found.get(j));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> next() {
    Instant earliest = null;
    for (int i = 0; i < groups.size(); i++) {
      Instant next = groups.get(i).next();
      if (next != null && (earliest == null || next.isBefore(earliest))) {
        earliest = next;
      }
    }
    return Optional.ofNullable(earliest);
  }

  // ------------------------------------------------------------------ what rules look at

  Moment moment() {
    return moment;
  }

  Diagnosis diagnosis() {
    return diagnosis.get();
  }

  Status status() {
    return status.get();
  }

  FlowState flow() {
    return flow.get();
  }

  Molecular molecular() {
    return molecular.get();
  }

  List<Course> courses() {
    return courses.get();
  }

  /** The intrathecal course an act belongs to. */
  Optional<Course> course(Act act) {
    for (Course course : courses()) {
      if (course.acts().contains(act)) {
        return Optional.of(course);
      }
    }
    return Optional.empty();
  }

  /** Whether S15 is met, with everything that must hold before intrathecal treatment. */
  Reason gate() {
    return gate.get();
  }

  /** Decisions whose basis changed. */
  List<Correction> corrections() {
    picture.looked().at(Aspect.CORRECTIONS);
    return corrections;
  }

  boolean opened() {
    return picture.opening().isPresent();
  }

  boolean closed() {
    return picture
        .outcome()
        .map(known -> known.fact().vital() == OutcomeReport.Vital.DEAD)
        .orElse(false);
  }

  private Set<String> whatIsDeclined() {
    return picture
        .lastAssessment(Statement.DECLINES)
        .filter(known -> !picture.isHistory(known))
        .<Set<String>>map(known -> Set.copyOf(known.fact().declines().orElseThrow()))
        .orElse(Set.of());
  }

  /** Whether the patient declines what a recommendation is about (G60). */
  boolean declines(RecommendationCode code) {
    return declinesAll() || declined.get().contains(code.name());
  }

  /** Whether the patient declines everything (G60). */
  boolean declinesAll() {
    return declined.get().contains("ALL");
  }

  // ------------------------------------------------------------------ what was found

  void recommend(RecommendationCode code, Reason reason) {
    recommend(new Recommendation(code, Optional.empty()), reason);
  }

  void recommend(Recommendation recommendation, Reason reason) {
    boolean stands = reason.outcome() == Outcome.MET && !declines(recommendation.code());
    groups.get(running).add(new RuleGroup.Considered(recommendation, reason, stands));
  }

  boolean recommends(RecommendationCode code) {
    picture.looked().at(Aspect.RECOMMENDATIONS);
    return first(
            RuleGroup::recommendations,
            one ->
                one.stands()
                    && one.recommendation().code() == code
                    && one.recommendation().gap().isEmpty())
        .isPresent();
  }

  void contraindicate(ContraindicationCode code, Reason reason) {
    groups.get(running).add(new RuleGroup.Standing(code, reason));
  }

  boolean contraindicated(ContraindicationCode code) {
    return contraindication(code).isPresent();
  }

  /** Whether anything stands against intrathecal treatment by whatever route. */
  boolean intrathecalForbidden() {
    picture.looked().at(Aspect.CONTRAINDICATIONS);
    return first(RuleGroup::contraindications, one -> one.code().forbidsIntrathecal()).isPresent();
  }

  Optional<Reason> contraindication(ContraindicationCode code) {
    picture.looked().at(Aspect.CONTRAINDICATIONS);
    return first(RuleGroup::contraindications, one -> one.code() == code)
        .map(RuleGroup.Standing::reason);
  }

  void schedule(ScheduleCode code, List<ScheduleEntry> entries, Reason reason) {
    List<ScheduleEntry> sorted = entries;
    if (entries.size() > 1) {
      sorted = new ArrayList<>(entries);
      sorted.sort(BY_DUE_TIME);
    }
    groups.get(running).add(new Findings.Reasoned<>(new Schedule(code, sorted), reason));
  }

  void alert(AlertDraft draft) {
    groups.get(running).add(draft.finding());
  }

  boolean alerts(AlertCode code) {
    picture.looked().at(Aspect.ALERTS);
    return first(
            RuleGroup::alerts, alert -> alert.slot().code() == code && alert.slot().gap().isEmpty())
        .isPresent();
  }

  /** A question for the board that is not answered. */
  void question(Mdt.Question question) {
    groups.get(running).add(question);
  }

  /** The questions for the board that are not answered, in the order they were asked. */
  List<Mdt.Question> questions() {
    picture.looked().at(Aspect.QUESTIONS);
    List<Mdt.Question> asked = new ArrayList<>();
    each(running + 1, RuleGroup::questions, asked::add);
    return asked;
  }

  // ------------------------------------------------------------------ acts

  /**
   * The acts an alert about a past act is about now: those neither history nor ended, of the last
   * unbroken chain (each within 28 days of the one before), while the newest of them is less than
   * 28 days old. Oldest first, however they are given, since those of courses side by side come
   * course by course; the first is the anchor.
   */
  List<Act> recent(Collection<Act> acts) {
    Duration span = Duration.ofDays(parameters.alerts().pastActDays());
    List<Act> oldestFirst = new ArrayList<>(acts);
    oldestFirst.sort(OLDEST_FIRST);
    List<Act> chain = new ArrayList<>();
    for (Act act : oldestFirst) {
      if (picture.isHistory(act.known()) || picture.ended(act)) {
        continue;
      }
      if (!chain.isEmpty()
          && chain
              .getLast()
              .known()
              .observed()
              .instant()
              .plus(span)
              .isBefore(act.known().observed().instant())) {
        chain.clear();
      }
      chain.add(act);
    }
    if (chain.isEmpty()
        || moment.reached(chain.getLast().known().observed().instant().plus(span))) {
      return List.of();
    }
    return chain;
  }

  /** Whether something observed then is at most {@code hours} old now, at its own precision. */
  boolean atMostHoursOld(ObservedAt observed, int hours) {
    if (observed.precision() == ObservedAt.Precision.DAY) {
      return !moment.reachedDay(Days.of(observed.instant()) + hours / 24 + 1L);
    }
    Instant limit = observed.instant().plus(Duration.ofHours(hours));
    return !moment.reached(limit.plusMillis(1));
  }
}
