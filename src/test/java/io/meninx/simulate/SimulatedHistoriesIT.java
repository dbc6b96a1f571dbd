package io.meninx.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.CsfFlow;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Field;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import io.meninx.guideline.AlertFinding;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.RecommendationCode;
import io.meninx.guideline.Stage;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PublicState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole simulated courses, decided message by message, and held against what must never happen.
 * 2,000 patients by default; {@code -Dmeninx.histories=10000} takes as many as that, and {@code
 * -Dmeninx.seed=7} another population. A failure names the patient, who is the same again in every
 * run.
 *
 * <p>What is safe is judged here from the facts alone and by the shortest reading of the sentences
 * of the source (S15, S28, S29, G22 to G24, G27), not by the code of the rules.
 */
class SimulatedHistoriesIT {
  private static final int HISTORIES = Integer.getInteger("meninx.histories", 2_000);
  private static final long SEED = Long.getLong("meninx.seed", 42);

  /** Every so many patients the messages come once more, in another order. */
  private static final int SHUFFLED_EVERY = 4;

  private static final PathwayEngine ENGINE =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
  private static final Population POPULATION = new Population(SEED);
  private static final Duration FLOW_IS_VALID = Duration.ofDays(57); // 56 days, both included

  /** How often what is watched for was there at all: a property of nothing holds always. */
  private final AtomicLong eligible = new AtomicLong();

  private final AtomicLong obstructed = new AtomicLong();
  private final AtomicLong craniospinal = new AtomicLong();
  private final AtomicLong conflicts = new AtomicLong();

  @Test
  void noSimulatedHistoryIsDecidedUnsafely() {
    forEach(LongStream.range(0, HISTORIES), this::follow);
    assertThat(eligible.get()).as("decisions with INTRATHECAL_ELIGIBLE").isPositive();
    assertThat(obstructed.get()).as("decisions with obstructed flow").isPositive();
    assertThat(craniospinal.get()).as("decisions after craniospinal radiotherapy").isPositive();
    assertThat(conflicts.get()).as("decisions with an obstruction not lifted").isPositive();
  }

  @Test
  void theSameMessagesInAnotherOrderEndInTheSameState() {
    forEach(
        LongStream.range(0, HISTORIES / SHUFFLED_EVERY).map(index -> index * SHUFFLED_EVERY),
        this::shuffled);
  }

  /** On all processors; the failure is that of the first patient that fails. */
  private static void forEach(LongStream patients, LongConsumer test) {
    Optional<AssertionError> failure =
        patients
            .parallel()
            .mapToObj(index -> failure(index, test))
            .flatMap(Optional::stream)
            .findFirst();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private static Optional<AssertionError> failure(long index, LongConsumer test) {
    try {
      test.accept(index);
      return Optional.empty();
    } catch (AssertionError failure) {
      return Optional.of(failure);
    }
  }

  private void follow(long index) {
    SimulatedPatient simulated = POPULATION.patient(index);
    Watch watch = new Watch(index);
    for (Arrival arrival : simulated.arrivals()) {
      watch.patient.arrive(arrival.fact(), arrival.at());
    }
    watch.patient.until(simulated.end());
  }

  // ------------------------------------------------------------------ after every decision

  /** One patient, watched after every decision. */
  private final class Watch implements MemoryPatient.Listener {
    private final long index;
    private final MemoryPatient patient = new MemoryPatient(ENGINE, this);
    private final Map<ReportId, List<StoredFact>> versions = new TreeMap<>();
    private Facts facts = new Facts(List.of());

    Watch(long index) {
      this.index = index;
    }

    @Override
    public void decided(Instant at, Optional<Fact> cause, Decision decision) {
      assertThat(decision.kind()).as("patient %s", index).isNotEqualTo(Decision.Kind.REJECTED);
      decision.store().ifPresent(this::learn);
      safe(at);
      openAlertsAreThoseWanted(at);
    }

    private void learn(StoredFact stored) {
      boolean matters =
          stored.fact() instanceof ImagingReport || stored.fact() instanceof TreatmentEvent;
      if (!matters) {
        return;
      }
      versions
          .computeIfAbsent(stored.fact().header().reportId(), _ -> new ArrayList<>())
          .add(stored);
      facts = new Facts(versions.values().stream().map(Report::of).toList());
    }

    private void safe(Instant at) {
      PublicState state = patient.state().visible();
      boolean permitted =
          state.recommendations().stream()
              .anyMatch(it -> it.code() == RecommendationCode.INTRATHECAL_ELIGIBLE);
      String who = "patient " + index + " at " + at;
      if (permitted) {
        eligible.incrementAndGet();
        assertThat(facts.flow()).as("flow when eligible, %s", who).isEqualTo(Flow.OPEN);
        assertThat(facts.perhapsObstructed()).as("block when eligible, %s", who).isFalse();
        assertThat(Duration.between(facts.studied(), at))
            .as("age of the flow study when eligible, %s", who)
            .isLessThan(FLOW_IS_VALID);
        assertThat(facts.craniospinal()).as("craniospinal when eligible, %s", who).isFalse();
      }
      if (state.stage() == Stage.CLOSED) { // nothing stands for the dead
        return;
      }
      if (facts.obstructed() || !facts.perhapsObstructed()) {
        boolean should = facts.obstructed();
        stands(state, ContraindicationCode.INTRATHECAL_FLOW_OBSTRUCTED, should, who);
      }
      stands(
          state, ContraindicationCode.METHOTREXATE_AFTER_CRANIOSPINAL, facts.craniospinal(), who);
      count();
    }

    private void stands(PublicState state, ContraindicationCode code, boolean should, String who) {
      assertThat(state.contraindications().contains(code))
          .as("%s, %s", code, who)
          .isEqualTo(should);
    }

    private void count() {
      obstructed.addAndGet(facts.obstructed() ? 1 : 0);
      craniospinal.addAndGet(facts.craniospinal() ? 1 : 0);
      conflicts.addAndGet(facts.obstructed() && facts.studiedAgain() ? 1 : 0);
    }

    /** Contract section 5: by slot, exactly those the rules give. */
    private void openAlertsAreThoseWanted(Instant at) {
      List<String> wanted =
          ENGINE.wanted(patient.state(), at).stream().map(Watch::line).sorted().toList();
      List<String> open =
          patient.state().alerts().stream().map(OpenAlert::last).map(Watch::line).sorted().toList();
      if (!open.equals(wanted)) { // describing costs more than comparing
        assertThat(open).as("open alerts of patient %s at %s", index, at).isEqualTo(wanted);
      }
    }

    private static String line(AlertFinding wanted) {
      return wanted.slot() + " " + wanted.stage() + " " + wanted.priority() + wanted.dueAt();
    }

    private static String line(AlertRevision open) {
      return new io.meninx.guideline.Findings.AlertSlot(open.code(), open.gap())
          + " "
          + open.stage()
          + " "
          + open.priority()
          + open.dueAt();
    }
  }

  // ------------------------------------------------------------------ what the facts say

  private enum Flow {
    OPEN,
    OBSTRUCTED,
    UNKNOWN
  }

  /** The present facts, read without the rules: FINAL and AMENDED, and to block PRELIMINARY too. */
  private static final class Facts {
    private final List<Report> reports;
    private final Optional<Report> closed;
    private final boolean perhapsClosed;

    Facts(List<Report> all) {
      reports =
          all.stream()
              .filter(report -> report.header().status().counts())
              .sorted(Report.FOLD_ORDER)
              .toList();
      List<Report> withPreliminary =
          all.stream()
              .filter(
                  report ->
                      report.header().status().counts()
                          || report.header().status() == ResultStatus.PRELIMINARY)
              .sorted(Report.FOLD_ORDER)
              .toList();
      closed = blockOf(reports, false).or(() -> blockOf(withPreliminary, false));
      perhapsClosed = blockOf(reports, true).or(() -> blockOf(withPreliminary, true)).isPresent();
    }

    /**
     * The last obstruction that nothing lifted (S28).
     *
     * @param inDoubt whether what is known by the day only may have been in the other order: then
     *     it lifts nothing
     */
    private static Optional<Report> blockOf(List<Report> reports, boolean inDoubt) {
      Optional<Report> block = Optional.empty();
      Optional<Report> beam = Optional.empty();
      for (Report report : reports) {
        Fact fact = report.current().fact();
        if (fact instanceof ImagingReport image && closes(image)) {
          block = Optional.of(report);
          beam = Optional.empty();
        } else if (given(fact) && block.isPresent() && (!inDoubt || surely(block.get(), report))) {
          beam = Optional.of(report);
        } else if (fact instanceof ImagingReport image
            && image.csfFlow() == CsfFlow.UNOBSTRUCTED
            && beam.isPresent()
            && (!inDoubt || surely(beam.get(), report))) {
          block = Optional.empty();
        }
      }
      return block;
    }

    /** Whether one was surely before the other, as exactly as both are known. */
    private static boolean surely(Report one, Report other) {
      ObservedAt first = one.header().observedAt();
      ObservedAt second = other.header().observedAt();
      boolean exact =
          first.precision() == ObservedAt.Precision.INSTANT
              && second.precision() == ObservedAt.Precision.INSTANT;
      return exact
          ? first.instant().isBefore(second.instant())
          : first.date().isBefore(second.date());
    }

    private static boolean closes(ImagingReport image) {
      return image.csfFlow() == CsfFlow.OBSTRUCTED || image.csfFlow() == CsfFlow.PARTIAL;
    }

    private static boolean given(Fact fact) {
      return fact instanceof TreatmentEvent act
          && act.modality() == Modality.RADIOTHERAPY
          && (act.action().given() || act.action() == Action.COMPLETED);
    }

    boolean obstructed() {
      return closed.isPresent();
    }

    /** Obstructed, or lifted only if things of one day came in the order that lifts. */
    boolean perhapsObstructed() {
      return perhapsClosed;
    }

    boolean studiedAgain() {
      return reports.stream()
          .filter(report -> closed.isPresent() && after(report, closed.get()))
          .anyMatch(
              report ->
                  report.current().fact() instanceof ImagingReport image
                      && image.csfFlow() == CsfFlow.UNOBSTRUCTED);
    }

    private static boolean after(Report one, Report other) {
      return Report.FOLD_ORDER.compare(one, other) > 0;
    }

    private Optional<Report> lastStudy() {
      return reports.stream()
          .filter(
              report ->
                  report.current().fact() instanceof ImagingReport image
                      && image.csfFlow() == CsfFlow.UNOBSTRUCTED)
          .reduce((_, later) -> later);
    }

    /** The day of the last study that found open flow. */
    Instant studied() {
      return day(lastStudy().orElseThrow().header().observedAt());
    }

    private static Instant day(ObservedAt observed) {
      LocalDate date = observed.date();
      return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * Open only when the last study says so and nothing that ends its validity came later (G22).
     */
    Flow flow() {
      if (obstructed()) {
        return Flow.OBSTRUCTED;
      }
      Optional<Report> study = lastStudy();
      if (study.isEmpty()) {
        return Flow.UNKNOWN;
      }
      boolean ended =
          reports.stream()
              .filter(report -> after(report, study.get()))
              .map(report -> report.current().fact())
              .anyMatch(fact -> given(fact) || shunt(fact) || blockSign(fact));
      return ended ? Flow.UNKNOWN : Flow.OPEN;
    }

    private static boolean shunt(Fact fact) {
      return fact instanceof TreatmentEvent act
          && act.modality() == Modality.VP_SHUNT
          && (act.action().given() || act.action() == Action.COMPLETED);
    }

    private static boolean blockSign(Fact fact) {
      return fact instanceof ImagingReport image
          && (image.hydrocephalus() == Tri.YES
              || image.cordCompression() == Tri.YES
              || image.pattern() == Pattern.NODULAR
              || image.pattern() == Pattern.BOTH);
    }

    /** Craniospinal radiotherapy given, or ordered and not stopped before it was (S29, G27). */
    boolean craniospinal() {
      return reports.stream()
          .map(report -> report.current().fact())
          .filter(TreatmentEvent.class::isInstance)
          .map(TreatmentEvent.class::cast)
          .anyMatch(
              act ->
                  act.modality() == Modality.RADIOTHERAPY
                      && act.field() == Field.CRANIOSPINAL
                      && (given(act) || act.action() == Action.ORDERED));
    }
  }

  // ------------------------------------------------------------------ another order

  private void shuffled(long index) {
    SimulatedPatient simulated = POPULATION.patient(index);
    Map<Fact, StoredFact> first = new java.util.LinkedHashMap<>();
    for (Arrival arrival : simulated.arrivals()) {
      first.putIfAbsent(arrival.fact(), new StoredFact(arrival.fact(), arrival.at()));
    }
    List<StoredFact> received = withoutRepeats(new ArrayList<>(first.values()));
    List<StoredFact> shuffled = new ArrayList<>(received);
    java.util.Collections.shuffle(shuffled, new java.util.Random(index));
    Instant end = simulated.end().plus(Duration.ofHours(1));
    assertThat(state(shuffled, end)).as("patient %s", index).isEqualTo(state(received, end));
  }

  /** Of what was sent again under another event id the first counts, which is a matter of order. */
  private static List<StoredFact> withoutRepeats(List<StoredFact> received) {
    List<StoredFact> once = new ArrayList<>();
    for (StoredFact stored : received) {
      if (once.stream().noneMatch(other -> other.fact().sameContent(stored.fact()))) {
        once.add(stored);
      }
    }
    return once;
  }

  private static Compared state(List<StoredFact> facts, Instant end) {
    MemoryPatient patient = new MemoryPatient(ENGINE, MemoryPatient.Listener.NONE);
    for (StoredFact fact : facts) {
      patient.arrive(fact.fact(), fact.receivedAt());
    }
    patient.until(end);
    return Compared.of(patient.state().visible());
  }

  /** The public state without the states of alerts, which people make. */
  private record Compared(PublicState state, List<String> alerts) {
    static Compared of(PublicState state) {
      PublicState plain =
          new PublicState(
              state.type(),
              state.certainty(),
              state.statusGroup(),
              state.stage(),
              state.recommendations(),
              state.contraindications(),
              List.of(),
              state.schedules());
      return new Compared(
          plain,
          state.openAlerts().stream()
              .map(it -> it.code() + " " + it.gap() + it.stage() + it.priority() + it.dueAt())
              .toList());
    }
  }
}
