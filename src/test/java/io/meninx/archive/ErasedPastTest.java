package io.meninx.archive;

import static io.meninx.fact.Facts.assessment;
import static io.meninx.fact.Facts.csf;
import static io.meninx.fact.Facts.fullMri;
import static io.meninx.fact.Facts.kps;
import static io.meninx.fact.Facts.noon;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.AlertRevision;
import io.meninx.replay.CombinedJournal;
import io.meninx.replay.DelegatingJournal;
import io.meninx.replay.ErasedPart;
import io.meninx.replay.Histories;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.JournalSource;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request for erasure accuses nobody afterwards: what rests on erased entries is told apart from
 * what is decided otherwise, and the others are decided as they were.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasedPastTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all(Recording.ENGINE);
  private static final PatientId GONE = new PatientId("sim-000003");

  private List<JournalRecord> records = List.of();

  /** The greatest part of the entries about the patient, behind which more of them come. */
  private int cut;

  @BeforeAll
  void record() {
    records = Recording.simulated(8, Duration.ofDays(2));
    int[] about =
        IntStream.range(0, records.size())
            .filter(i -> names(Recording.entry(records.get(i)), GONE))
            .toArray();
    cut = about[about.length * 2 / 3] + 1;
  }

  // Entries about the patient that come after the erasure.

  @Test
  void whatIsArchivedOfThePatientAfterAnErasureIsNoDivergence(@TempDir Path directory) {
    erasedFrom(records.subList(0, cut), directory, GONE);
    export(records, directory);

    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.onErased()).isPositive();
    assertThat(result.identical() + result.onErased() + result.erased()).isEqualTo(records.size());
  }

  @Test
  void norIsWhatATopicStillHasOfThePatient(@TempDir Path directory) {
    erasedFrom(records.subList(0, cut), directory, GONE);
    JournalSource topic = Recording.journal(records.subList(cut, records.size()));

    ReplayResult result =
        Replay.run(new CombinedJournal(ArchiveJournal.open(directory), topic), OPTIONS);

    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.onErased()).isPositive();
  }

  @Test
  void aSwitchOfTheGuidelineAfterwardsIsFollowed(@TempDir Path directory) {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      for (String patient : List.of("a", "b", "c")) {
        opened(patient).forEach(fact -> recording.fact(fact, noon(1)));
      }
      recording.tick(noon(3));
      int before = recording.records().size();
      recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
      recording.tick(noon(4));
      for (int i = 0; i < 10; i++) {
        recording.pump();
      }
      recording.tick(noon(5));
      List<JournalRecord> journal = recording.records();
      erasedFrom(journal.subList(0, before), directory, new PatientId("b"));
      export(journal, directory);

      ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.onErased()).isPositive();
    }
  }

  /** Who is new has no past that could be erased, once decisions agree. */
  @Test
  void aDivergenceOfSomebodyElseIsFoundAsBefore(@TempDir Path directory) {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      opened("a").forEach(fact -> recording.fact(fact, noon(1)));
      recording.tick(noon(3));
      int before = recording.records().size();
      PatientId newcomer = new PatientId("new");
      opened("new").forEach(fact -> recording.fact(fact, noon(4)));
      recording.tick(noon(30));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      List<JournalRecord> journal = recording.records();
      int first =
          IntStream.range(before, journal.size())
              .filter(i -> fires(Recording.entry(journal.get(i)), newcomer))
              .findFirst()
              .orElseThrow();
      List<JournalRecord> forged =
          Recording.forged(
              journal,
              first,
              entry ->
                  Recording.withGroups(
                      entry,
                      entry.groups().stream()
                          .filter(group -> !group.patientId().equals(newcomer))
                          .toList(),
                      entry.coordinates()));
      erasedFrom(journal.subList(0, before), directory, new PatientId("a"));
      JournalSource topic = Recording.journal(forged.subList(before, forged.size()));

      ReplayResult result =
          Replay.run(new CombinedJournal(ArchiveJournal.open(directory), topic), OPTIONS);

      assertThat(result.diverged()).isPositive();
      assertThat(result.firstDivergence().orElseThrow().patient()).hasValue(newcomer);
    }
  }

  /** No more patients can have a past that is erased than were erased. */
  @Test
  void aJournalThatWasWrittenOtherwiseIsNotExplainedByAnErasure(@TempDir Path directory) {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      opened("a").forEach(fact -> recording.fact(fact, noon(1)));
      recording.tick(noon(3));
      int before = recording.records().size();
      opened("one").forEach(fact -> recording.fact(fact, noon(4)));
      opened("other").forEach(fact -> recording.fact(fact, noon(4)));
      List<JournalRecord> forged = recording.records();
      for (int i = before; i < forged.size(); i++) {
        forged =
            Recording.forged(
                forged,
                i,
                entry ->
                    Recording.withGroups(
                        entry,
                        entry.groups().stream()
                            .map(group -> Recording.withDecisions(group, List.of(), List.of()))
                            .toList(),
                        entry.coordinates()));
      }
      erasedFrom(forged.subList(0, before), directory, new PatientId("a"));
      JournalSource topic = Recording.journal(forged.subList(before, forged.size()));

      ReplayResult result =
          Replay.run(new CombinedJournal(ArchiveJournal.open(directory), topic), OPTIONS);

      assertThat(result.chainsWhole()).isTrue();
      assertThat(result.erasedPatients()).isEqualTo(2);
      assertThat(result.erasures()).isEqualTo(1);
      assertThat(result.reproduced()).isFalse();
    }
  }

  /** Slices have five patients here: the first was erased, and with it the four after. */
  @Test
  void whoIsEvaluatedBehindAnErasedEntryIsNotAccused(@TempDir Path directory) {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      for (String patient : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
        recording.fact(kps("kps", 80).patient(patient).day(0).build(), noon(0));
      }
      recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
      recording.tick(noon(1));
      for (int i = 0; i < 5; i++) {
        recording.pump();
      }
      recording.fact(kps("later", 80).patient("f").day(1).build(), noon(1));
      erasedFrom(recording.records(), directory, new PatientId("a"));

      ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.patients()).isEqualTo(7);
      assertThat(result.onErased()).isZero();
    }
  }

  @Test
  void upToATimeNoErasedEntryBehindItCounts(@TempDir Path directory) {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      opened("b").forEach(fact -> recording.fact(fact, noon(1)));
      recording.tick(noon(3));
      for (int day = 10; day < 13; day++) {
        recording.fact(kps("kps " + day, 80).patient("a").day(day).build(), noon(day));
        recording.tick(noon(day).plusSeconds(1));
      }
      erasedFrom(recording.records(), directory, new PatientId("a"));

      PatientTimeline timeline =
          new Replay(
                  ArchiveJournal.open(directory),
                  OPTIONS.withPatients(Set.of(new PatientId("b"))).withUntil(noon(5)),
                  Progress.NONE)
              .timelines()
              .getFirst();

      assertThat(timeline.standing().orElseThrow().at()).isEqualTo(noon(3));
    }
  }

  @Test
  void ofThePatientItIsSaidThatThePastIsErased(@TempDir Path directory) {
    erasedFrom(records.subList(0, cut), directory, GONE);
    export(records, directory);

    PatientTimeline timeline = timeline(directory, GONE);

    assertThat(timeline.erased()).isEqualTo(ErasedPart.PAST);
    assertThat(timeline.standing()).isEmpty();
    assertThat(timeline.recomputed()).isEqualTo(timeline.recorded());
  }

  // Others, of whom decisions stood in the entries that are erased.

  @Test
  void othersAreDrawnAsTheyWereDecided(@TempDir Path directory) {
    erasedFrom(records, directory, GONE);

    for (int i = 1; i <= 8; i++) {
      PatientId other = new PatientId("sim-00000" + i);
      if (!other.equals(GONE)) {
        PatientTimeline timeline = timeline(directory, other);
        PatientTimeline before =
            new Replay(
                    Recording.journal(records), OPTIONS.withPatients(Set.of(other)), Progress.NONE)
                .timelines()
                .getFirst();
        assertThat(timeline.recorded().events()).isEqualTo(before.recorded().events());
        assertThat(timeline.recorded()).isEqualTo(timeline.recomputed());
      }
    }
  }

  /** The entry of the first tick named both. */
  @Test
  void inputsThatWereHeldTogetherWithThoseOfThePatientAreDecidedAgain(@TempDir Path directory) {
    List<JournalRecord> journal = heldThenGoingOn();
    erasedFrom(journal, directory, new PatientId("a"));
    PatientId other = new PatientId("b");

    ReplayResult result = Replay.run(ArchiveJournal.open(directory), OPTIONS);
    PatientTimeline timeline = timeline(directory, other);

    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.onErased()).isZero();
    assertThat(timeline.erased()).isEqualTo(ErasedPart.DECISIONS);
    assertThat(timeline.recorded()).isEqualTo(timeline.recomputed());
    assertThat(timeline.recorded().events()).isNotEmpty();
  }

  @Test
  void byAnotherGuidelineTheyAreDecidedFromTheFirstTickOn(@TempDir Path directory) {
    List<JournalRecord> journal = heldThenGoingOn();
    ReplayOptions other = OPTIONS.withGuideline(GuidelineEditions.standard());
    List<PatientTimeline> before =
        new Replay(
                Recording.journal(journal),
                other.withPatients(Set.of(new PatientId("b"))),
                Progress.NONE)
            .timelines();
    erasedFrom(journal, directory, new PatientId("a"));

    List<PatientTimeline> after =
        new Replay(
                ArchiveJournal.open(directory),
                other.withPatients(Set.of(new PatientId("b"))),
                Progress.NONE)
            .timelines();

    assertThat(after.getFirst().recomputed().events())
        .isEqualTo(before.getFirst().recomputed().events())
        .isNotEmpty();
  }

  /** Open, and in no entry that is left. */
  @Test
  void anAlertThatStoodInErasedEntriesIsStillFound(@TempDir Path directory) {
    List<JournalRecord> journal = heldThenGoingOn();
    PatientId gone = new PatientId("a");
    Set<String> left = keys(journal, entry -> !names(entry, gone), new PatientId("b"));
    List<String> erased =
        keys(journal, entry -> names(entry, gone), new PatientId("b")).stream()
            .filter(key -> !left.contains(key))
            .toList();
    Set<String> ofTheErased = keys(journal, _ -> true, gone);
    erasedFrom(journal, directory, gone);
    Replay replay = new Replay(ArchiveJournal.open(directory), OPTIONS, Progress.NONE);

    assertThat(erased)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(replay.patientOf(key)).hasValue(new PatientId("b")));
    assertThat(ofTheErased)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(replay.patientOf(key)).isEmpty());
  }

  /** The tick that decided what was held is erased, and is the last entry. */
  @Test
  void whatWasHeldIsDecidedThoughNothingFollows(@TempDir Path directory) {
    List<JournalRecord> all = heldThenGoingOn();
    PatientId left = new PatientId("b");
    int tick = 0;
    while (!names(Recording.entry(all.get(tick)), left)) {
      tick++;
    }
    List<JournalRecord> journal = all.subList(0, tick + 1);
    erasedFrom(journal, directory, new PatientId("a"));
    Replay replay = new Replay(ArchiveJournal.open(directory), OPTIONS, Progress.NONE);

    assertThat(timeline(directory, left).recorded().revisions()).isNotEmpty();
    assertThat(timeline(directory, left).erased()).isEqualTo(ErasedPart.DECISIONS);
    assertThat(keys(journal, _ -> true, left))
        .isNotEmpty()
        .allSatisfy(key -> assertThat(replay.patientOf(key)).hasValue(left));
  }

  private static Set<String> keys(
      List<JournalRecord> journal, Predicate<JournalEntry> in, PatientId patient) {
    return journal.stream()
        .map(Recording::entry)
        .filter(in)
        .flatMap(entry -> entry.groups().stream())
        .filter(group -> group.patientId().equals(patient))
        .flatMap(group -> group.alerts().stream())
        .map(AlertRevision::alertKey)
        .collect(Collectors.toSet());
  }

  // Who is not found may have stood where nothing can be read any more.

  @Test
  void ofThePatientItIsNotSaidThatNothingWasKnown(@TempDir Path directory) {
    erasedFrom(records, directory, GONE);
    ReplayOptions gone = OPTIONS.withPatients(Set.of(GONE));
    JournalSource archive = ArchiveJournal.open(directory);
    long erased = Replay.run(archive, OPTIONS).erased();

    Histories found = new Replay(archive, gone, Progress.NONE).histories();
    Histories before =
        new Replay(archive, gone.withUntil(Instant.parse("2000-01-01T00:00:00Z")), Progress.NONE)
            .histories();

    assertThat(found.timelines()).isEmpty();
    assertThat(found.reservations())
        .containsExactly(
            "%,d entries are erased: what was known of this patient may have stood there."
                .formatted(erased));
    assertThat(before.reservations()).as("those came later").isEmpty();
  }

  @Test
  void whoIsNotInAJournalThatBeginsLateMayHaveBeenInWhatIsMissing() {
    ReplayOptions early =
        OPTIONS
            .withPatients(Set.of(new PatientId("nobody")))
            .withUntil(Instant.parse("2000-01-01T00:00:00Z"));
    JournalSource late = Recording.journal(records.subList(10, records.size()));

    assertThat(new Replay(late, early, Progress.NONE).histories().reservations())
        .singleElement()
        .asString()
        .startsWith("Entries are missing, those before entry 10 of partition 0: what was known");
    assertThat(
            new Replay(Recording.journal(records), early, Progress.NONE).histories().reservations())
        .isEmpty();
  }

  @Test
  void whereAnArchiveIsNotFinishedThatIsSaid() {
    JournalSource unfinished =
        new DelegatingJournal() {
          @Override
          public JournalSource journal() {
            return Recording.journal(records);
          }

          @Override
          public boolean complete() {
            return false;
          }
        };
    ReplayOptions nobody = OPTIONS.withPatients(Set.of(new PatientId("nobody")));

    assertThat(new Replay(unfinished, nobody, Progress.NONE).histories().reservations())
        .containsExactly(
            "This archive is not finished: what was known of this patient may have stood there.");
  }

  /** Nothing is decided yet, and it is about the patient all the same. */
  @Test
  void whoseInputsAreHeldIsSomebody() {
    try (Recording recording = new Recording()) {
      recording.fact(opened("a").getFirst(), noon(1));
      JournalSource journal = Recording.journal(recording.records());

      assertThat(
              Replay.run(journal, OPTIONS.withPatients(Set.of(new PatientId("a")))).isAboutNobody())
          .isFalse();
      assertThat(
              Replay.run(journal, OPTIONS.withPatients(Set.of(new PatientId("b")))).isAboutNobody())
          .isTrue();
    }
  }

  private static List<JournalRecord> heldThenGoingOn() {
    try (Recording recording = new Recording()) {
      recording.fact(opened("a").getFirst(), noon(1));
      recording.fact(opened("b").getFirst(), noon(1));
      recording.tick(noon(2));
      recording.pump();
      recording.fact(opened("b").getLast(), noon(2));
      recording.fact(fullMri("mri").patient("b").day(3).build(), noon(3));
      recording.tick(noon(4));
      recording.tick(noon(40));
      List<JournalRecord> journal = recording.records();
      assertThat(Recording.entry(journal.get(1)).holds()).isTrue();
      return journal;
    }
  }

  /** Reports that open the pathway of a patient. */
  private static List<Fact> opened(String patient) {
    return List.of(
        assessment("suspicion " + patient)
            .suspicion(Suspicion.HIGH)
            .patient(patient)
            .day(0)
            .build(),
        csf("csf " + patient).positive().patient(patient).day(1).build(),
        kps("kps " + patient, 80).patient(patient).day(1).build());
  }

  private static boolean names(JournalEntry entry, PatientId patient) {
    return entry.groups().stream().anyMatch(group -> group.patientId().equals(patient));
  }

  private static boolean fires(JournalEntry entry, PatientId patient) {
    return entry.disposition() != Disposition.DECIDED && names(entry, patient);
  }

  private static PatientTimeline timeline(Path directory, PatientId patient) {
    return new Replay(
            ArchiveJournal.open(directory), OPTIONS.withPatients(Set.of(patient)), Progress.NONE)
        .timelines()
        .getFirst();
  }

  /** Exports a journal and erases a patient from the archive. */
  private static void erasedFrom(List<JournalRecord> journal, Path directory, PatientId patient) {
    export(journal, directory);
    new Erasure(directory).erase(patient);
  }

  private static void export(List<JournalRecord> journal, Path directory) {
    new Export(directory, "pathway-journal", 200_000, Progress.NONE)
        .run(Recording.journal(journal));
  }
}
