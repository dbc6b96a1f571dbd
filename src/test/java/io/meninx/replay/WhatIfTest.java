package io.meninx.replay;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.PublishedCases;
import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.PatientId;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.TreatmentEvent.Route;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Guideline;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.Revisions;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.PatientChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What another guideline would have decided on the same history. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhatIfTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all(Recording.ENGINE);
  private static final Guideline STRICT = GuidelineEditions.load("lm-nsclc-strict");

  private List<JournalRecord> records = List.of();

  @BeforeAll
  void record() {
    records = Recording.simulated(10, Duration.ofDays(1));
  }

  /** Timers fire on their own here, and not where the journal says: still the same. */
  @Test
  void theSameGuidelineChangesNothing() {
    ReplayResult result =
        Replay.run(Recording.journal(records), OPTIONS.withGuideline(GuidelineEditions.standard()));

    assertThat(result.whatIf().orElseThrow().patients()).isEmpty();
    assertThat(result.identical()).isEqualTo(records.size());
    assertThat(result.byRule()).isEmpty();
    assertThat(result.whatIf().orElseThrow().byCode())
        .isNotEmpty()
        .allSatisfy(count -> assertThat(count.after()).isEqualTo(count.before()));
  }

  @Test
  void anotherGuidelineChangesPatientsAndEveryCountAddsUp() {
    ReplayResult result = Replay.run(Recording.journal(records), OPTIONS.withGuideline(STRICT));

    WhatIf whatIf = result.whatIf().orElseThrow();
    assertThat(whatIf.patients()).isNotEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.diverged()).isPositive();
    assertThat(result.identical() + result.diverged()).isEqualTo(result.entries());
    assertThat(whatIf.byCode())
        .allSatisfy(
            count ->
                assertThat(count.before() - count.gone()).isEqualTo(count.after() - count.added()));
  }

  /** Each side is decided once more, by itself, and set against the other moment by moment. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "firstMri: {target: 56, from: 42, due: 63, overdue: 84}|overdue: 84|overdue: 120",
        "firstMri: {target: 56, from: 42, due: 63, overdue: 84}|from: 42|from: 35",
        "repeatLumbarPuncture: {target: 7, from: 0, due: 7, overdue: 14}|overdue: 14|overdue: 10",
        "kpsCriticalDays: 28|28|21",
        "minimumEgfr: 60.0|60.0|120.0",
      })
  void aPatientChangesFromTheFirstDecisionOnThatIsOtherwise(
      String where, String before, String after) {
    Guideline other = changed(GuidelineEditions.standard(), where, where.replace(before, after));

    compareWithTwoDecisions(other);
  }

  @Test
  void soItIsWithAnEditionThatDiffersInMuch() {
    compareWithTwoDecisions(STRICT);
  }

  private void compareWithTwoDecisions(Guideline other) {
    List<Divergence> lines = new ArrayList<>();
    ReplayResult result =
        new Replay(Recording.journal(records), OPTIONS.withGuideline(other), Progress.NONE)
            .run(_ -> lines::add);
    Map<PatientId, Set<Instant>> otherwise =
        otherwise(decided(GuidelineEditions.standard()), decided(other));

    List<PatientChange> changes = result.whatIf().orElseThrow().patients();
    assertThat(changes).isNotEmpty();
    assertThat(changes)
        .extracting(PatientChange::patient)
        .containsExactlyElementsOf(otherwise.keySet());
    assertThat(changes)
        .allSatisfy(
            change ->
                assertThat(change.from())
                    .as("%s", change.patient())
                    .isEqualTo(Collections.min(otherwise.get(change.patient()))));
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(otherwise.get(line.patient().orElseThrow()))
                  .as("%s", line)
                  .contains(line.at().orElseThrow());
              assertThat(entryOf(line).logicalTime().orElseThrow())
                  .as("%s", line)
                  .isAfterOrEqualTo(line.at().orElseThrow());
            });
    assertThat(changes).allSatisfy(change -> entriesAreThoseOfTheMoment(change.alerts()));
  }

  /** Of lives that begin alike: no entry in front of the one has reached the moment. */
  private void entriesAreThoseOfTheMoment(List<AlertChange> alerts) {
    assertThat(alerts).isSortedAccordingTo(Comparator.comparing(AlertChange::at));
    assertThat(alerts)
        .filteredOn(alert -> alert.change() == Change.OTHERWISE)
        .allSatisfy(
            alert -> {
              int sequence = (int) alert.position().sequence();
              Instant reached =
                  Recording.entry(records.get(sequence - 1)).logicalTime().orElseThrow();
              boolean recorded =
                  Recording.entry(records.get(sequence)).groups().stream()
                      .flatMap(group -> group.alerts().stream())
                      .anyMatch(
                          revision ->
                              revision.code() == alert.code() && revision.at().equals(alert.at()));
              assertThat(recorded || reached.isBefore(alert.at())).as("%s", alert).isTrue();
            });
  }

  /** Not a moment of its opening, when that is the same. */
  @Test
  void anAlertThatIsOverdueLaterIsOtherwiseFromThenOn() {
    Guideline later =
        changed(
            GuidelineEditions.standard(),
            "firstMri: {target: 56, from: 42, due: 63, overdue: 84}",
            "firstMri: {target: 56, from: 42, due: 63, overdue: 120}");
    List<Divergence> lines = new ArrayList<>();

    ReplayResult result =
        new Replay(Recording.journal(records), OPTIONS.withGuideline(later), Progress.NONE)
            .run(_ -> lines::add);

    assertThat(result.whatIf().orElseThrow().patients())
        .flatExtracting(PatientChange::alerts)
        .filteredOn(alert -> alert.before().map(AlertSpan::openedAt).isPresent())
        .filteredOn(
            alert ->
                alert
                    .before()
                    .map(AlertSpan::openedAt)
                    .equals(alert.after().map(AlertSpan::openedAt)))
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              AlertSpan before = alert.before().orElseThrow();
              assertThat(alert.at()).isAfter(before.openedAt());
              assertThat(alert.position()).isGreaterThan(before.position());
            });
    assertThat(result.firstDivergence())
        .hasValueSatisfying(
            first ->
                assertThat(first.position())
                    .isEqualTo(
                        lines.stream()
                            .map(Divergence::position)
                            .min(Comparator.naturalOrder())
                            .orElseThrow()));
  }

  /** Also of an alert of which several revisions would have come at another time. */
  @Test
  void everyEntryWithADecisionThatWouldNotBeMadeThenIsCounted() {
    Guideline later =
        changed(
            GuidelineEditions.standard(),
            "urgentEscalationMinutes: 240",
            "urgentEscalationMinutes: 300");
    Map<PatientId, Map<Instant, List<String>>> would = decided(later);
    Map<PatientId, Set<Instant>> gone = new HashMap<>();
    decided(GuidelineEditions.standard())
        .forEach(
            (patient, moments) ->
                moments.forEach(
                    (at, said) -> {
                      if (!would
                          .getOrDefault(patient, Map.of())
                          .getOrDefault(at, List.of())
                          .containsAll(said)) {
                        gone.computeIfAbsent(patient, _ -> new HashSet<>()).add(at);
                      }
                    }));
    long entries =
        records.stream()
            .map(Recording::entry)
            .filter(
                entry ->
                    entry.groups().stream()
                        .anyMatch(
                            group ->
                                group.alerts().stream()
                                    .anyMatch(
                                        alert ->
                                            gone.getOrDefault(group.patientId(), Set.of())
                                                .contains(alert.at()))))
            .count();

    ReplayResult result = Replay.run(Recording.journal(records), OPTIONS.withGuideline(later));

    long alerts =
        result.whatIf().orElseThrow().patients().stream()
            .mapToLong(patient -> patient.alerts().size())
            .sum();
    assertThat(result.diverged()).isEqualTo(entries).isGreaterThan(alerts);
  }

  private JournalEntry entryOf(Divergence line) {
    return Recording.entry(records.get((int) line.position().sequence()));
  }

  /** What is decided on every patient, by the moment: what the journal and a what-if say of it. */
  private Map<PatientId, Map<Instant, List<String>>> decided(Guideline guideline) {
    PathwayEngine engine = new PathwayEngine(guideline, EngineSettings.STANDARD);
    Map<PatientId, Map<Instant, List<String>>> decided = new TreeMap<>();
    Map<PatientId, MemoryPatient> patients = new HashMap<>();
    Instant tick = Instant.MIN;
    for (JournalRecord record : records) {
      JournalEntry entry = Recording.entry(record);
      if (entry.input().orElse(null) instanceof Input.OfTick time) {
        tick = time.time();
      } else if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)) {
        Map<Instant, List<String>> mine =
            decided.computeIfAbsent(fact.header().patientId(), _ -> new TreeMap<>());
        patients
            .computeIfAbsent(
                fact.header().patientId(),
                _ -> new MemoryPatient(engine, (_, _, decision) -> say(decision, mine)))
            .arrive(fact, entry.coordinates().orElseThrow().recordTimestamp(), tick);
      }
    }
    Instant end = tick;
    patients.values().forEach(patient -> patient.until(end));
    return decided;
  }

  private static void say(Decision decision, Map<Instant, List<String>> decided) {
    decision
        .events()
        .forEach(
            event ->
                decided
                    .computeIfAbsent(event.at(), _ -> new ArrayList<>())
                    .add(
                        "%s %s %s %s %s %s %s"
                            .formatted(
                                event.type(),
                                event.code(),
                                event.gap(),
                                event.entries(),
                                event.outcome(),
                                event.missing(),
                                event.evidence())));
    decision
        .alerts()
        .forEach(
            alert ->
                decided
                    .computeIfAbsent(alert.at(), _ -> new ArrayList<>())
                    .add(
                        "%s %s %s %s %s %s %s %s %s %s %s %s"
                            .formatted(
                                alert.alertKey(),
                                alert.state(),
                                alert.stage(),
                                alert.priority(),
                                alert.notifies(),
                                alert.resolutionReason(),
                                alert.summary(),
                                alert.dueAt(),
                                alert.audience(),
                                alert.preliminary(),
                                alert.missing(),
                                alert.evidence())));
  }

  /** The moments at which not the same is decided, of patients who have one. */
  private static Map<PatientId, Set<Instant>> otherwise(
      Map<PatientId, Map<Instant, List<String>>> one,
      Map<PatientId, Map<Instant, List<String>>> other) {
    Map<PatientId, Set<Instant>> otherwise = new TreeMap<>();
    one.forEach(
        (patient, decided) -> {
          Map<Instant, List<String>> others = other.getOrDefault(patient, Map.of());
          Set<Instant> moments = new TreeSet<>(decided.keySet());
          moments.addAll(others.keySet());
          moments.removeIf(at -> sorted(decided, at).equals(sorted(others, at)));
          if (!moments.isEmpty()) {
            otherwise.put(patient, moments);
          }
        });
    return otherwise;
  }

  private static List<String> sorted(Map<Instant, List<String>> decided, Instant at) {
    return decided.getOrDefault(at, List.of()).stream().sorted().toList();
  }

  @Test
  void theDifferencesAreInTheOrderOfTheJournal() {
    List<Divergence> lines = new ArrayList<>();

    ReplayResult result =
        new Replay(Recording.journal(records), OPTIONS.withGuideline(STRICT), Progress.NONE)
            .run(_ -> lines::add);

    assertThat(lines).extracting(Divergence::position).isSorted();
    assertThat(lines)
        .hasSize(
            result.whatIf().orElseThrow().patients().stream()
                .mapToInt(patient -> patient.decisions().size() + patient.alerts().size())
                .sum());
  }

  /** The journal of the demo: a schedule that says something else at the same time is shown. */
  @Test
  void noDifferenceHasTheSameOnBothSides() {
    List<JournalRecord> published = publishedCases();
    List<Divergence> lines = new ArrayList<>();

    ReplayResult result =
        new Replay(Recording.journal(published), OPTIONS.withGuideline(STRICT), Progress.NONE)
            .run(_ -> lines::add);

    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.fields())
                    .isNotEmpty()
                    .allSatisfy(
                        field ->
                            assertThat(field.recorded())
                                .as("%s", line)
                                .isNotEqualTo(field.recomputed())));
    assertThat(lines)
        .filteredOn(line -> line.fields().getFirst().field().equals("entries"))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.fields().getFirst().recomputed().orElseThrow())
                    .matches("(\\S+T00:00:00Z [A-Z]+(; )?)+"));
    assertThat(result.whatIf().orElseThrow().patients())
        .flatExtracting(PatientChange::decisions)
        .filteredOn(change -> change.change() == Change.OTHERWISE)
        .isNotEmpty()
        .allMatch(WhatIf.DecisionChange::otherEntries);
  }

  private static List<JournalRecord> publishedCases() {
    List<CaseFile> cases = PublishedCases.all();
    List<CaseFile.Arrival> arrivals =
        cases.stream()
            .flatMap(file -> file.arrivals().stream())
            .sorted(Comparator.comparing(CaseFile.Arrival::at))
            .toList();
    Instant end = cases.stream().map(CaseFile::end).max(Instant::compareTo).orElseThrow();
    try (Recording recording = new Recording()) {
      Instant midnight = arrivals.getFirst().at().truncatedTo(ChronoUnit.DAYS);
      for (CaseFile.Arrival arrival : arrivals) {
        for (; midnight.isBefore(arrival.at()); midnight = midnight.plus(Duration.ofDays(1))) {
          recording.tick(midnight);
        }
        recording.tick(arrival.at());
        recording.fact(arrival.fact(), arrival.at());
      }
      recording.tick(end);
      recording.pump();
      return recording.records();
    }
  }

  /** An interval that is shorter fires earlier, though nothing in the journal fired then. */
  @Test
  void aShorterIntervalBringsItsAlertEarlierByTheDifference() {
    Guideline standard = GuidelineEditions.standard();
    Guideline shorter = changed(standard, "kpsOverdueDays: 14", "kpsOverdueDays: 10");
    List<JournalRecord> journal;
    try (Recording recording = new Recording()) {
      recording.tick(at(0, "12:00"));
      recording.fact(
          Facts.fullMri("m")
              .pattern(io.meninx.fact.ImagingReport.Pattern.LINEAR)
              .day(0)
              .patient("p")
              .build(),
          at(0, "12:00"));
      recording.fact(kps("k", 80).day(0).patient("p").build(), at(0, "12:00"));
      for (int day = 1; day <= 40; day++) {
        recording.tick(at(day, "12:00"));
      }
      journal = recording.records();
    }

    ReplayResult result = Replay.run(Recording.journal(journal), OPTIONS.withGuideline(shorter));

    PatientChange patient = result.whatIf().orElseThrow().patients().getFirst();
    AlertChange alert =
        patient.alerts().stream()
            .filter(change -> change.code() == AlertCode.KPS_MISSING_OR_STALE)
            .filter(change -> change.change() != Change.OTHERWISE) // one that was due earlier
            .findFirst()
            .orElseThrow();
    assertThat(alert.change()).isEqualTo(Change.EARLIER);
    assertThat(alert.shift()).hasValue(Duration.ofDays(-4));
    assertThat(alert.notificationShift()).hasValue(Duration.ofDays(-4));
  }

  /** The alert opens, rises and ends as before, and now says that the dose is held. */
  @Test
  void anAlertThatSaysSomethingElseAtTheSameTimesIsAChange() {
    Guideline held =
        changed(GuidelineEditions.standard(), "minimumEgfr: 60.0", "minimumEgfr: 120.0");
    List<JournalRecord> journal;
    try (Recording recording = new Recording()) {
      recording.tick(at(0, "12:00"));
      recording.fact(
          Facts.treatment("dose", Modality.INTRATHECAL, Action.ADMINISTERED)
              .agent("methotrexate")
              .route(Route.OMMAYA)
              .doseMg(15)
              .day(0)
              .patient("p")
              .build(),
          at(0, "12:00"));
      recording.fact(
          Facts.assessment("labs").labs(200, 1.0, 4.0, 90).day(1).patient("p").build(),
          at(1, "12:00"));
      for (int day = 1; day <= 3; day++) {
        recording.tick(at(day, "12:00"));
      }
      journal = recording.records();
    }
    List<Divergence> lines = new ArrayList<>();

    ReplayResult result =
        new Replay(Recording.journal(journal), OPTIONS.withGuideline(held), Progress.NONE)
            .run(_ -> lines::add);

    AlertChange alert =
        result.whatIf().orElseThrow().patients().getFirst().alerts().stream()
            .filter(change -> change.code() == AlertCode.INTRATHECAL_DOSE_DUE)
            .findFirst()
            .orElseThrow();
    assertThat(alert.change()).isEqualTo(Change.OTHERWISE);
    assertThat(alert.before().map(AlertSpan::openedAt))
        .isEqualTo(alert.after().map(AlertSpan::openedAt));
    assertThat(result.diverged()).isPositive();
    assertThat(lines)
        .filteredOn(line -> line.name().equals("INTRATHECAL_DOSE_DUE"))
        .singleElement()
        .extracting(Divergence::fields, as(LIST))
        .asString()
        .contains("field=summary", "HOLD: renal function reduced", "field=evidence");
  }

  /** What an alert did not say at all is a change too, and its entry one with a change. */
  @Test
  void anAlertThatSaysMoreChangesItsEntry() {
    int at = 0;
    while (Recording.entry(records.get(at)).groups().stream()
        .allMatch(group -> group.alerts().isEmpty())) {
      at++;
    }
    List<JournalRecord> silent =
        Recording.forged(
            records,
            at,
            entry ->
                Recording.withGroups(
                    entry,
                    entry.groups().stream().map(WhatIfTest::withoutEvidence).toList(),
                    entry.coordinates()));

    ReplayResult result =
        Replay.run(Recording.journal(silent), OPTIONS.withGuideline(GuidelineEditions.standard()));

    assertThat(result.whatIf().orElseThrow().patients()).isNotEmpty();
    assertThat(result.diverged()).isEqualTo(1);
  }

  private static Group withoutEvidence(Group group) {
    return Recording.withDecisions(
        group,
        group.events(),
        group.alerts().stream().map(alert -> Revisions.restingOn(alert, List.of())).toList());
  }

  @Test
  void theTimelineOfAPatientHasBothCoursesAndLinksCorrections() {
    PatientChange changed =
        Replay.run(Recording.journal(records), OPTIONS.withGuideline(STRICT))
            .whatIf()
            .orElseThrow()
            .patients()
            .getFirst();
    PatientId patient = changed.patient();

    PatientTimeline timeline =
        new Replay(
                Recording.journal(records),
                OPTIONS.withGuideline(STRICT).withPatients(Set.of(patient)),
                Progress.NONE)
            .timelines()
            .getFirst();

    assertThat(timeline.patient()).isEqualTo(patient);
    assertThat(timeline.facts()).isNotEmpty();
    assertThat(timeline.recorded()).isNotEqualTo(timeline.recomputed());
    assertThat(timeline.recorded().alerts())
        .containsAll(changed.alerts().stream().flatMap(c -> c.before().stream()).toList());
    assertThat(timeline.facts())
        .filteredOn(fact -> fact.replaces().isPresent())
        .allSatisfy(
            fact ->
                assertThat(timeline.facts())
                    .filteredOn(other -> other.position().equals(fact.replaces().get()))
                    .singleElement()
                    .extracting(other -> other.fact().header().reportId())
                    .isEqualTo(fact.fact().header().reportId()));
  }

  @Test
  void aTimelineByTheSameGuidelineHasTheSameCourseTwice() {
    PatientTimeline timeline =
        new Replay(
                Recording.journal(records),
                OPTIONS.withPatients(Set.of(new PatientId("sim-000002"))),
                Progress.NONE)
            .timelines()
            .getFirst();

    assertThat(timeline.recorded().events()).isEqualTo(timeline.recomputed().events());
    assertThat(timeline.recorded().alerts()).isEqualTo(timeline.recomputed().alerts());
    assertThat(timeline.standing().orElseThrow().state().openAlerts())
        .hasSize(
            (int) timeline.recorded().alerts().stream().filter(a -> a.endedAt().isEmpty()).count());
  }

  @Test
  void threadsChangeNothing() {
    MemoryJournal two =
        new MemoryJournal(java.util.Map.of(0, records, 1, Recording.ofPartition(1, records)));

    assertThat(Replay.run(two, OPTIONS.withGuideline(STRICT)).byRule())
        .isEqualTo(Replay.run(two, OPTIONS.withGuideline(STRICT).withThreads(2)).byRule());
  }

  private static Guideline changed(Guideline guideline, String before, String after) {
    assertThat(guideline.text()).contains(before);
    return GuidelineEditions.read(
        "changed", guideline.text().replace(before, after).getBytes(StandardCharsets.UTF_8));
  }
}
