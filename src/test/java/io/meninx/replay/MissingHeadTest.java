package io.meninx.replay;

import static io.meninx.fact.Facts.assessment;
import static io.meninx.fact.Facts.csf;
import static io.meninx.fact.Facts.kps;
import static io.meninx.fact.Facts.noon;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.ClinicalAssessment.Suspicion;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A topic deletes the oldest entries of the journal after a year: what rests on them accuses
 * nobody, and what was decided otherwise on others is found as before.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MissingHeadTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all(Recording.ENGINE);

  private List<JournalRecord> records = List.of();

  @BeforeAll
  void record() {
    records = Recording.simulated(8, Duration.ofDays(2));
  }

  @Test
  void whereverTheJournalBeginsNothingIsCalledDiverged() {
    for (int part = 1; part < 12; part++) {
      int first = records.size() * part / 12;
      ReplayResult result = from(records, first);

      assertThat(result.firstDivergence()).as("from entry %d", first).isEmpty();
      assertThat(result.diverged() + result.engineChanged()).isZero();
      assertThat(result.diverged()).isZero();
      assertThat(result.onMissing()).isPositive();
      assertThat(result.identical() + result.onMissing()).isEqualTo(records.size() - first);
    }
  }

  /** Retention, or whoever wants something forgotten: that does not show. */
  @Test
  void aTopicWithoutItsFirstEntriesIsNotWhole() {
    List<JournalRecord> rest = records.subList(100, records.size());

    ReplayResult result = Replay.run(Recording.journal(rest), OPTIONS);

    assertThat(result.diverged()).isZero();
    assertThat(result.beginsLate()).isTrue();
    assertThat(result.reproduced()).isFalse();
  }

  @Test
  void aPartitionThatHasLostAllItsEntriesIsNotWhole() {
    MemoryJournal nothing = Recording.journal(List.of());
    JournalSource emptied =
        new JournalSource() {
          @Override
          public List<Integer> partitions() {
            return nothing.partitions();
          }

          @Override
          public long atMost(int partition) {
            return 0;
          }

          @Override
          public long end(int partition) {
            return records.size();
          }

          @Override
          public JournalReader open(int partition, long fromOffset) {
            return nothing.open(partition, fromOffset);
          }

          @Override
          public boolean isEmptied(int partition) {
            return true;
          }
        };

    assertThat(Replay.run(emptied, OPTIONS).reproduced()).isFalse();
    assertThat(Replay.run(emptied, OPTIONS).chainsUnbroken()).isFalse();
    assertThat(Replay.run(nothing, OPTIONS).reproduced()).as("never had any").isTrue();
    assertThat(
            Replay.run(new CombinedJournal(Recording.journal(records), emptied), OPTIONS)
                .reproduced())
        .as("an archive has them")
        .isTrue();
  }

  @Test
  void theMissingPartIsNamed() {
    ReplayResult result = from(records, 100);

    assertThat(result.beginsLate()).isTrue();
    assertThat(result.chainsWhole()).isFalse();
    assertThat(result.chainsUnbroken()).isTrue();
    assertThat(result.partitions().getFirst().chain().first()).isEqualTo(100);
    assertThat(result.partitions().getFirst().chain().breaks())
        .singleElement()
        .satisfies(one -> assertThat(one.detail()).startsWith("entries 0 to 99 missing"));
  }

  @Test
  void anEntryThatIsMissingBehindTheFirstIsNotExplained() {
    List<JournalRecord> gap =
        IntStream.range(100, records.size()).filter(i -> i != 150).mapToObj(records::get).toList();

    ReplayResult result = Replay.run(Recording.journal(gap), OPTIONS);

    assertThat(result.chainsUnbroken()).isFalse();
    assertThat(result.reproduced()).isFalse();
  }

  @Test
  void aLinkThatDoesNotFollowBehindTheFirstIsNotExplained() {
    List<JournalRecord> tampered = new ArrayList<>(records.subList(100, records.size()));
    JournalRecord.Whole one = (JournalRecord.Whole) tampered.get(20);
    byte[] bytes = one.encoded().clone();
    bytes[bytes.length - 1] ^= 1;
    tampered.set(20, new JournalRecord.Whole(one.offset(), one.schema(), bytes));

    assertThat(Replay.run(Recording.journal(tampered), OPTIONS).reproduced()).isFalse();
  }

  /** Met longer after the first entry than anything unseen would matter. */
  @Test
  void aDivergenceOfSomebodyWhoIsNewIsFoundAsBefore() {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      opened("old", 0).forEach(fact -> recording.fact(fact, noon(1)));
      recording.tick(noon(3));
      int first = recording.records().size();
      opened("old", 3).forEach(fact -> recording.fact(fact, noon(4)));
      recording.tick(noon(40));
      PatientId newcomer = new PatientId("new");
      opened("new", 40).forEach(fact -> recording.fact(fact, noon(41)));
      recording.tick(noon(70));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      List<JournalRecord> journal = recording.records();
      int forged =
          IntStream.range(first, journal.size())
              .filter(i -> fires(Recording.entry(journal.get(i)), newcomer))
              .findFirst()
              .orElseThrow();

      ReplayResult honest = from(journal, first);
      ReplayResult result = from(without(journal, forged, newcomer), first);

      assertThat(honest.diverged()).isZero();
      assertThat(honest.onMissing()).isPositive();
      assertThat(honest.missingPatients()).isEqualTo(1);
      assertThat(result.diverged()).isPositive();
      assertThat(result.firstDivergence().orElseThrow().patient()).hasValue(newcomer);
      assertThat(result.reproduced()).isFalse();
    }
  }

  /** A value of a laboratory names itself in no decision until it matters. */
  @Test
  void whoIsMetSoonAfterTheFirstEntryMayHaveAPastThatNoDecisionShowed() {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      Fact early = kps("report", 80).patient("p").day(0).build();
      recording.fact(early, noon(0));
      int first = recording.records().size();
      opened("q", 1).forEach(fact -> recording.fact(fact, noon(1)));
      recording.fact(early, noon(2));
      recording.tick(noon(3));

      ReplayResult result = from(recording.records(), first);

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.onMissing()).isEqualTo(1);
      assertThat(result.diverged()).isZero();
    }
  }

  @Test
  void inputsThatAreHeldAcrossTheFirstEntryAccuseNobody() {
    try (Recording recording = new Recording()) {
      for (String patient : List.of("a", "b", "c", "d")) {
        opened(patient, 0).forEach(fact -> recording.fact(fact, noon(1)));
      }
      recording.tick(noon(2));
      opened("a", 2).forEach(fact -> recording.fact(fact, noon(2)));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      recording.tick(noon(9));
      accusesNobodyFromAnyEntry(recording.records());
    }
  }

  @Test
  void anEvaluationAfterAChangeOfGuidelineAccusesNobody() {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      for (String patient : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
        opened(patient, 0).forEach(fact -> recording.fact(fact, noon(1)));
      }
      recording.tick(noon(3));
      recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
      recording.tick(noon(4));
      opened("i", 4).forEach(fact -> recording.fact(fact, noon(4)));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      recording.tick(noon(40));
      accusesNobodyFromAnyEntry(recording.records());
    }
  }

  private static void accusesNobodyFromAnyEntry(List<JournalRecord> journal) {
    for (int first = 1; first < journal.size(); first++) {
      ReplayResult result = from(journal, first);

      assertThat(result.firstDivergence()).as("from entry %d", first).isEmpty();
      assertThat(result.diverged()).isZero();
    }
  }

  /** Its text is told once, and that entry is missing. */
  @Test
  void whatWasDecidedByAGuidelineWhoseTextIsMissingRestsOnWhatIsMissing() {
    Guideline standard = GuidelineEditions.standard();
    String text = standard.text().replace("kpsValidDays: 14", "kpsValidDays: 15");
    Guideline own = GuidelineEditions.read("own", text.getBytes(StandardCharsets.UTF_8));
    try (Recording recording = new Recording()) {
      recording.guideline(own);
      recording.tick(noon(0));
      opened("a", 0).forEach(fact -> recording.fact(fact, noon(1)));
      recording.tick(noon(3));
      recording.guideline(standard);
      recording.tick(noon(4));
      opened("b", 4).forEach(fact -> recording.fact(fact, noon(4)));
      recording.tick(noon(5));
      recording.guideline(own);
      recording.tick(noon(6));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      opened("c", 6).forEach(fact -> recording.fact(fact, noon(6)));
      recording.tick(noon(60));
      List<JournalRecord> journal = recording.records();
      int first =
          IntStream.range(0, journal.size())
              .filter(i -> Recording.entry(journal.get(i)).guidelineText().isPresent())
              .findFirst()
              .orElseThrow();

      ReplayResult result = from(journal, first + 1);

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.onMissing()).isPositive();
      assertThat(result.missingPatients()).isEqualTo(3);
      assertThat(result.diverged()).isZero();
    }
  }

  @Test
  void ofThePatientItIsSaidThatThePastIsMissing() {
    PatientId patient = new PatientId("sim-000001");
    int first = records.size() * 2 / 3;
    int last = lastAbout(records, patient);
    List<JournalRecord> rest = records.subList(Math.min(first, last), records.size());

    PatientTimeline timeline =
        new Replay(Recording.journal(rest), OPTIONS.withPatients(Set.of(patient)), Progress.NONE)
            .timelines()
            .getFirst();

    assertThat(timeline.erased()).isEqualTo(ErasedPart.MISSING_PAST);
    assertThat(timeline.standing()).isEmpty();
    assertThat(timeline.recomputed()).isEqualTo(timeline.recorded());
  }

  /** Reports that open the pathway of a patient. */
  private static List<Fact> opened(String patient, int day) {
    return List.of(
        assessment("suspicion " + patient + day)
            .suspicion(Suspicion.HIGH)
            .patient(patient)
            .day(day)
            .build(),
        csf("csf " + patient + day).positive().patient(patient).day(day).build(),
        kps("kps " + patient + day, 80).patient(patient).day(day).build());
  }

  private static int lastAbout(List<JournalRecord> journal, PatientId patient) {
    return IntStream.range(0, journal.size())
        .filter(i -> names(Recording.entry(journal.get(i)), patient))
        .max()
        .orElseThrow();
  }

  private static boolean names(JournalEntry entry, PatientId patient) {
    return entry.groups().stream().anyMatch(group -> group.patientId().equals(patient));
  }

  private static boolean fires(JournalEntry entry, PatientId patient) {
    return entry.disposition() != Disposition.DECIDED && names(entry, patient);
  }

  private static List<JournalRecord> without(
      List<JournalRecord> journal, int index, PatientId patient) {
    return Recording.forged(
        journal,
        index,
        entry ->
            Recording.withGroups(
                entry,
                entry.groups().stream()
                    .filter(group -> !group.patientId().equals(patient))
                    .toList(),
                entry.coordinates()));
  }

  private static ReplayResult from(List<JournalRecord> journal, int first) {
    return Replay.run(Recording.journal(journal.subList(first, journal.size())), OPTIONS);
  }
}
