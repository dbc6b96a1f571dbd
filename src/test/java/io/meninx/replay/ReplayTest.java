package io.meninx.replay;

import static io.meninx.fact.Facts.kps;
import static io.meninx.fact.Facts.noon;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Cause;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.Revisions;
import io.meninx.replay.JournalRecord.Whole;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the audit finds, and that it finds nothing where there is nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {
  private static final ReplayOptions OPTIONS = ReplayOptions.all(Recording.ENGINE);

  private List<JournalRecord> records = List.of();

  @BeforeAll
  void record() {
    records = Recording.simulated(12, Duration.ofDays(1));
  }

  @Test
  void aHistoryIsDecidedTheSameAgain() {
    ReplayResult result = verify(records);

    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.reproduced()).isTrue();
    assertThat(result.identical()).isEqualTo(result.entries()).isEqualTo(records.size());
    assertThat(result.patients()).isEqualTo(12);
    assertThat(result.partitions().getFirst().chain())
        .returns(0L, ChainReport::first)
        .returns((long) records.size(), ChainReport::next)
        .returns(records.getLast().link().hex(), ChainReport::lastLink);
  }

  @Test
  void theSumNamesEveryInputTopicWithItsOffsets() {
    PartitionResult partition = verify(records).partitions().getFirst();

    assertThat(partition.inputs())
        .extracting(InputOffsets::topic)
        .contains("clock-ticks", "kps-updates", "imaging-reports");
    assertThat(partition.inputs())
        .allSatisfy(sum -> assertThat(sum.count()).isEqualTo(sum.last() - sum.first() + 1));
    assertThat(partition.inputs().stream().mapToLong(InputOffsets::count).sum())
        .isEqualTo(records.stream().filter(r -> Recording.entry(r).offset().isPresent()).count());
  }

  // What was tampered with is found and named.

  @Test
  void aByteThatWasFlippedIsFoundWhereItIs() {
    int index = indexOf(entry -> !entry.groups().isEmpty());
    byte[] bytes = ((Whole) records.get(index)).encoded().clone();
    bytes[bytes.length - 40] ^= 1; // in the last digest of the body
    List<JournalRecord> tampered = replaced(index, bytes);

    ReplayResult result = verify(tampered);

    assertThat(result.reproduced()).isFalse();
    assertThat(breaks(result)).contains(index + " LINK");
  }

  @Test
  void anyFlippedByteOfAnEntryIsFound() {
    int index = indexOf(entry -> entry.groups().size() > 1);
    int length = ((Whole) records.get(index)).encoded().length;
    for (int at = 0; at < length; at += Math.max(1, length / 60)) {
      byte[] bytes = ((Whole) records.get(index)).encoded().clone();
      bytes[at] ^= 4;
      ReplayResult result = verify(replaced(index, bytes).subList(0, index + 1));

      assertThat(result.reproduced()).as("byte %d of %d", at, length).isFalse();
    }
  }

  @Test
  void anEntryThatWasTakenOutIsNamed() {
    int index = records.size() / 2;
    List<JournalRecord> shorter = new ArrayList<>(records);
    shorter.remove(index);

    assertThat(breaks(verify(shorter))).startsWith((index + 1) + " MISSING");
  }

  @Test
  void entriesThatChangedPlacesAreNamed() {
    int index = records.size() / 2;
    List<JournalRecord> swapped = new ArrayList<>(records);
    swapped.set(index, records.get(index + 1));
    swapped.set(index + 1, records.get(index));

    assertThat(breaks(verify(swapped)))
        .containsExactly((index + 1) + " MISSING", index + " REPEATED");
  }

  /** One fault accuses nothing behind it, and hides none. */
  @Test
  void behindAnEntryThatIsThereTwiceTheNextThatIsTakenOutIsNamed() {
    int index = indexOf(entry -> entry.offset().isPresent());
    List<JournalRecord> tampered = new ArrayList<>(records);
    tampered.remove(index + 20);
    tampered.add(index, records.get(index));

    assertThat(breaks(verify(tampered)))
        .containsExactly(
            index + " REPEATED", index + " OFFSET_REPEATED", (index + 21) + " MISSING");
  }

  @Test
  void aJournalThatBeginsLateSaysThatWhatIsOlderIsMissing() {
    assertThat(breaks(verify(records.subList(10, 20)))).startsWith("10 MISSING");
  }

  @Test
  void anInputThatIsThereTwiceIsNamedThoughTheChainFits() {
    int index = indexOf(entry -> entry.disposition() == Disposition.TICK && entry.sequence() > 5);
    List<JournalRecord> forged =
        Recording.forged(
            records,
            index,
            entry ->
                Recording.withGroups(
                    entry,
                    entry.groups(),
                    entry
                        .coordinates()
                        .map(at -> new Coordinates(at.topic(), 0, 0, at.recordTimestamp()))));

    assertThat(breaks(verify(forged))).contains(index + " OFFSET_REPEATED");
  }

  /** Its own chain fits, and the patients of the partition it stands for are gone. */
  @Test
  void theJournalOfAPartitionInThePlaceOfAnotherIsNoneOfIt() {
    List<JournalRecord> first = records.subList(0, 300);
    MemoryJournal twice = new MemoryJournal(Map.of(0, first, 1, first));

    ReplayResult result = Replay.run(twice, OPTIONS);

    assertThat(result.reproduced()).isFalse();
    assertThat(result.partitions().getFirst().chain().whole()).isTrue();
    assertThat(result.partitions().getLast().chain().breaks())
        .first()
        .returns(1L, ChainReport.Break::sequence) // the first entry that has an input
        .returns(ChainReport.Fault.WRONG_PARTITION, ChainReport.Break::fault)
        .extracting(ChainReport.Break::detail)
        .asString()
        .contains("clock-ticks-0", "the journal of partition 0");
    assertThat(result.partitions().getLast().chain().breaks())
        .hasSameSizeAs(result.partitions().getLast().inputs());
  }

  @Test
  void theJournalsOfTwoPartitionsAreEachTheirOwn() {
    List<JournalRecord> first = records.subList(0, 300);
    MemoryJournal two = new MemoryJournal(Map.of(0, first, 1, Recording.ofPartition(1, first)));

    assertThat(Replay.run(two, OPTIONS).reproduced()).isTrue();
  }

  @Test
  void aDecisionThatWasRewrittenWithAFittingChainIsFoundFieldByField() {
    int index = indexOf(entry -> entry.groups().stream().anyMatch(g -> !g.alerts().isEmpty()));
    List<JournalRecord> forged = Recording.forged(records, index, ReplayTest::downgraded);

    ReplayResult result = verify(forged);

    assertThat(result.chainsWhole()).isTrue();
    assertThat(result.diverged()).isEqualTo(1);
    Divergence divergence = result.firstDivergence().orElseThrow();
    assertThat(divergence.position()).isEqualTo(new JournalPosition(0, index));
    assertThat(divergence.patient()).isPresent();
    assertThat(divergence.rule()).isPresent();
    assertThat(divergence.fields())
        .singleElement()
        .satisfies(
            field -> {
              assertThat(field.field()).isEqualTo("summary");
              assertThat(field.recorded()).hasValue("nothing to see here");
              assertThat(field.recomputed()).isPresent();
            });
    assertThat(result.byRule()).singleElement().extracting(RuleCount::changed).isEqualTo(1L);
  }

  @Test
  void aTimerThatDidNotFireIsFoundThoughTheChainFits() {
    int index =
        indexOf(
            entry ->
                entry.disposition() == Disposition.TICK
                    && entry.groups().size() > 1
                    && entry.groups().getFirst().cause() == Cause.TIMER);
    PatientId patient = Recording.entry(records.get(index)).groups().getFirst().patientId();
    List<JournalRecord> forged =
        Recording.forged(
            records,
            index,
            entry ->
                Recording.withGroups(
                    entry,
                    entry.groups().stream().filter(g -> !g.patientId().equals(patient)).toList(),
                    entry.coordinates()));

    Divergence divergence = verify(forged).firstDivergence().orElseThrow();

    assertThat(divergence.patient()).hasValue(patient);
    assertThat(divergence.fields().getFirst().recorded()).isEmpty();
    assertThat(divergence.subject()).isEqualTo(Divergence.Subject.GROUP);
  }

  /** Nothing comes after it that would show it. */
  @Test
  void dueWorkThatIsMissingAtTheEndIsFoundToo() {
    int index =
        indexOf(
            entry ->
                entry.disposition() == Disposition.TICK
                    && entry.groups().stream().anyMatch(g -> g.cause() == Cause.TIMER));
    List<JournalRecord> forged =
        Recording.forged(
                records,
                index,
                entry -> Recording.withGroups(entry, List.of(), entry.coordinates()))
            .subList(0, index + 1);

    ReplayResult result = verify(forged);

    assertThat(result.chainsWhole()).isTrue();
    Divergence divergence = result.firstDivergence().orElseThrow();
    assertThat(divergence.position()).isEqualTo(new JournalPosition(0, index));
    assertThat(divergence.fields().getFirst().recorded()).isEmpty();
  }

  @Test
  void whatAnotherVersionOfTheEngineDecidedOtherwiseIsToldApart() {
    int index = indexOf(entry -> entry.groups().stream().anyMatch(g -> !g.alerts().isEmpty()));
    List<JournalRecord> forged = Recording.forged(records, index, ReplayTest::downgraded);

    ReplayResult result =
        Replay.run(Recording.journal(forged), ReplayOptions.all("a later version"));

    assertThat(result.diverged()).isZero();
    assertThat(result.engineChanged()).isEqualTo(1);
    assertThat(result.firstDivergence().orElseThrow().otherEngine()).isTrue();
    assertThat(result.partitions().getFirst().engineVersions())
        .containsEntry(Recording.ENGINE, (long) records.size());
  }

  /** What was decided on the same patient afterwards may follow from it. */
  @Test
  void whatFollowsFromAnotherVersionOfTheEngineIsToldApartToo() {
    int first = indexOf(entry -> entry.groups().stream().anyMatch(g -> !g.alerts().isEmpty()));
    PatientId patient = alerted(first).getFirst();
    int later =
        indexOf(entry -> entry.sequence() > first && alerted(entry).equals(List.of(patient)));
    int other =
        indexOf(
            entry ->
                entry.sequence() > later
                    && !alerted(entry).isEmpty()
                    && !alerted(entry).contains(patient));
    List<JournalRecord> forged =
        Recording.forged(
            Recording.forged(records, later, ReplayTest::downgraded),
            first,
            entry -> recordedBy("an older one", downgraded(entry), entry.guidelineText()));

    assertThat(verify(forged))
        .returns(0L, ReplayResult::diverged)
        .returns(2L, ReplayResult::engineChanged);
    assertThat(verify(Recording.forged(forged, other, ReplayTest::downgraded)).diverged())
        .isEqualTo(1);
  }

  private List<PatientId> alerted(int index) {
    return alerted(Recording.entry(records.get(index)));
  }

  private static List<PatientId> alerted(JournalEntry entry) {
    return entry.groups().stream()
        .filter(group -> !group.alerts().isEmpty())
        .map(Group::patientId)
        .distinct()
        .toList();
  }

  private static JournalEntry recordedBy(
      String engine, JournalEntry entry, Optional<String> guidelineText) {
    return new JournalEntry(
        entry.sequence(),
        entry.disposition(),
        entry.coordinates(),
        entry.logicalTime(),
        entry.input(),
        entry.deadLetter(),
        entry.flag(),
        entry.groups(),
        engine,
        entry.settings(),
        entry.guidelineHash(),
        guidelineText);
  }

  // What a journal can hold.

  /** As after a new start on topics that are full: others' inputs are still held. */
  @Test
  void onePatientAloneIsDecidedTheSameWhileInputsOfOthersAreHeld() {
    try (Recording recording = new Recording()) {
      for (int i = 0; i < 30; i++) {
        recording.fact(kps("early " + i, 80).patient("others").day(0).build(), noon(0));
      }
      recording.tick(noon(1));
      recording.fact(kps("kps", 90).patient("zoe").day(1).build(), noon(1));
      recording.tick(noon(2));
      for (int i = 0; i < 20; i++) {
        recording.pump();
      }
      recording.fact(kps("kps", 90).patient("zoe").day(1).build(), noon(2));
      recording.tick(noon(3));
      List<JournalRecord> journal = recording.records();
      ReplayOptions one = OPTIONS.withPatients(Set.of(new PatientId("zoe")));

      ReplayResult result = Replay.run(Recording.journal(journal), one);

      assertThat(verify(journal).firstDivergence()).isEmpty();
      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.patients()).isEqualTo(1);
      assertThat(journal).filteredOn(record -> Recording.entry(record).holds()).hasSize(31);
    }
  }

  @Test
  void aHeldInputThatWasNeverDecidedIsFound() {
    try (Recording recording = new Recording()) {
      recording.fact(kps("first", 80).patient("zoe").day(0).build(), noon(0));
      recording.tick(noon(1));
      recording.fact(kps("second", 90).patient("zoe").day(1).build(), noon(1));
      List<JournalRecord> journal = recording.records();
      int tick =
          IntStream.range(0, journal.size())
              .filter(i -> Recording.entry(journal.get(i)).disposition() == Disposition.TICK)
              .findFirst()
              .orElseThrow();

      ReplayResult result =
          verify(
              Recording.forged(
                  journal,
                  tick,
                  entry -> Recording.withGroups(entry, List.of(), entry.coordinates())));

      Divergence divergence = result.firstDivergence().orElseThrow();
      assertThat(divergence.position()).isEqualTo(new JournalPosition(0, tick));
      assertThat(divergence.fields().getFirst().recorded()).isEmpty();
    }
  }

  // Timelines.

  /** The order of versions counts, not that of their arrival (contract section 3). */
  @Test
  void aTimelineSaysWhichVersionOfAReportCounts() {
    try (Recording recording = new Recording()) {
      recording.tick(noon(0));
      Fact amended = kps("kps", 70).patient("zoe").day(1).amended().reportedDay(9).build();
      Fact late = kps("kps", 80).patient("zoe").day(1).reportedDay(5).build();
      Fact newest = kps("kps", 60).patient("zoe").day(1).amended().reportedDay(10).build();
      recording.fact(amended, noon(10));
      recording.fact(late, noon(10));
      recording.fact(newest, noon(10));

      List<KnownFact> facts = facts(recording);

      JournalPosition first = facts.getFirst().position();
      assertThat(facts)
          .extracting(KnownFact::replaces)
          .containsExactly(Optional.empty(), Optional.empty(), Optional.of(first));
      assertThat(facts)
          .extracting(KnownFact::counts)
          .containsExactly(Optional.empty(), Optional.of(first), Optional.empty());
    }
  }

  @Test
  void aTimelineSaysWhatBecameOfInputsThatWereHeld() {
    try (Recording recording = new Recording()) {
      Fact fact = kps("kps", 70).patient("zoe").day(1).event("e").build();
      Fact reused = kps("other", 60).patient("zoe").day(1).event("e").build();
      Fact amended = kps("kps", 80).patient("zoe").day(1).amended().reportedDay(2).build();
      recording.fact(fact, noon(2));
      recording.fact(fact, noon(2));
      recording.fact(reused, noon(2));
      recording.fact(amended, noon(2));
      recording.tick(noon(3));
      for (int i = 0; i < 5; i++) {
        recording.pump();
      }

      List<KnownFact> facts = facts(recording);

      assertThat(facts)
          .extracting(KnownFact::disposition)
          .containsExactly(
              Disposition.DECIDED,
              Disposition.DUPLICATE,
              Disposition.DEAD_LETTER,
              Disposition.DECIDED);
      assertThat(facts.getLast().replaces()).hasValue(facts.getFirst().position());
      assertThat(facts.get(1).replaces()).isEmpty();
    }
  }

  @Test
  void aCorrectionOfAnInputThatWasHeldReplacesIt() {
    try (Recording recording = new Recording()) {
      recording.fact(kps("kps", 70).patient("zoe").day(1).build(), noon(2));
      recording.tick(noon(3));
      Fact amended = kps("kps", 80).patient("zoe").day(1).amended().reportedDay(2).build();
      recording.fact(amended, noon(3));

      List<KnownFact> facts = facts(recording);

      assertThat(facts.getFirst().counts()).isEmpty();
      assertThat(facts.getLast().replaces()).hasValue(facts.getFirst().position());
    }
  }

  private static List<KnownFact> facts(Recording recording) {
    return new Replay(
            Recording.journal(recording.records()),
            OPTIONS.withPatients(Set.of(new PatientId("zoe"))),
            Progress.NONE)
        .timelines()
        .getFirst()
        .facts();
  }

  @Test
  void inputsHeldBeforeTheFirstTickDuplicatesDeadLettersAndLateTicksAreDecidedTheSame() {
    try (Recording recording = new Recording()) {
      List<Arrival> arrivals = arrivals(3);
      for (Arrival arrival : arrivals.subList(0, 12)) {
        recording.fact(arrival.fact(), arrival.at());
      }
      Instant start = arrivals.get(12).at();
      recording.tick(start);
      recording.fact(arrivals.get(13).fact(), arrivals.get(13).at());
      recording.pump();
      recording.tick(start);
      recording.fact(arrivals.getFirst().fact(), start);
      recording.poison(start);
      recording.tick(start.plus(Duration.ofDays(30)));

      ReplayResult result = verify(recording.records());

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.reproduced()).isTrue();
      assertThat(recording.records())
          .extracting(record -> Recording.entry(record).disposition())
          .contains(
              Disposition.TICK,
              Disposition.DUPLICATE,
              Disposition.DEAD_LETTER,
              Disposition.CONTINUED);
    }
  }

  @Test
  void anInputThatAnOperatorPutAsideWhileItWasHeldIsNotDecidedAgainEither() {
    List<Arrival> arrivals = arrivals(3);
    Topic topic = FactWriter.topicOf(arrivals.getFirst().fact());
    SkippedRecord first = new SkippedRecord(topic.baseName(), 0, 0);
    try (Recording before = new Recording()) {
      for (Arrival arrival : arrivals.subList(0, 12)) {
        before.fact(arrival.fact(), arrival.at());
      }
      try (Recording after = new Recording(before, s -> s.withSkipped(Set.of(first)))) {
        after.tick(arrivals.get(12).at());
        after.tick(arrivals.get(12).at().plus(Duration.ofDays(30)));

        ReplayResult result = verify(after.records());

        assertThat(result.firstDivergence()).isEmpty();
        assertThat(result.reproduced()).isTrue();
        assertThat(after.records())
            .flatExtracting(record -> Recording.entry(record).groups())
            .flatExtracting(group -> group.held().stream().toList())
            .filteredOn(held -> held.disposition() == Disposition.DEAD_LETTER)
            .hasSize(1);
      }
    }
  }

  @Test
  void theReplayFollowsASwitchOfTheGuidelineAndBack() {
    try (Recording recording = new Recording()) {
      List<Arrival> arrivals = arrivals(8);
      int third = arrivals.size() / 3;
      recording.play(arrivals.subList(0, third).iterator(), Duration.ofDays(1));
      recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
      recording.play(arrivals.subList(third, 2 * third).iterator(), Duration.ofDays(1));
      recording.guideline(GuidelineEditions.standard());
      recording.play(arrivals.subList(2 * third, arrivals.size()).iterator(), Duration.ofDays(1));

      ReplayResult result = verify(recording.records());

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.reproduced()).isTrue();
      assertThat(result.partitions().getFirst().guidelines()).hasSize(3);
      assertThat(recording.records())
          .flatExtracting(record -> Recording.entry(record).groups())
          .extracting(Group::cause)
          .contains(Cause.GUIDELINE);
    }
  }

  /** Slices are small here: the second switch comes while patients wait for the first one. */
  @Test
  void aSwitchInTheMiddleOfAnEvaluationIsFollowed() {
    try (Recording recording = new Recording()) {
      List<Arrival> arrivals = arrivals(12);
      int half = arrivals.size() / 2;
      recording.play(arrivals.subList(0, half).iterator(), Duration.ofDays(1));
      Instant later = arrivals.get(half).at().plus(Duration.ofDays(1));
      recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
      recording.fact(arrivals.get(half).fact(), later);
      recording.guideline(GuidelineEditions.standard());
      recording.play(arrivals.subList(half + 1, arrivals.size()).iterator(), Duration.ofDays(1));

      List<JournalRecord> journal = recording.records();
      ReplayResult result = verify(journal);

      assertThat(result.firstDivergence()).isEmpty();
      assertThat(result.reproduced()).isTrue();
      assertThat(result.partitions().getFirst().guidelines()).hasSize(3);
    }
  }

  /** The patients who are left never have another input that would show it. */
  @Test
  void anEvaluationThatEndedHalfWayIsFound() {
    try (Recording recording = new Recording()) {
      Instant end = playedAndSwitched(recording);
      for (int i = 0; i < 10; i++) {
        recording.tick(end.plusSeconds(i));
        recording.pump();
      }
      List<JournalRecord> journal = recording.records();
      int last =
          IntStream.range(0, journal.size())
              .filter(
                  i ->
                      Recording.entry(journal.get(i)).groups().stream()
                          .anyMatch(group -> group.cause() == Cause.GUIDELINE))
              .reduce((_, later) -> later)
              .orElseThrow();

      List<JournalRecord> forged =
          Recording.forged(
              journal,
              last,
              entry ->
                  Recording.withGroups(
                      entry,
                      entry.groups().subList(0, entry.groups().size() - 1),
                      entry.coordinates()));

      assertThat(verify(journal).firstDivergence()).isEmpty();
      assertThat(verify(forged).firstDivergence().orElseThrow().fields().getFirst().field())
          .isEqualTo("evaluated");
    }
  }

  /** Who comes after the others were evaluated is decided by the new guideline from the first. */
  @Test
  void aPatientWhoComesBehindAnEvaluationIsNotMissedByIt() {
    try (Recording recording = new Recording()) {
      Instant end = playedAndSwitched(recording);
      recording.tick(end);
      for (int i = 0; i < 10; i++) {
        recording.pump();
      }
      recording.fact(kps("new", 90).patient("zoe").day(1).build(), end);
      recording.tick(end.plusSeconds(1));
      List<JournalRecord> journal = recording.records();

      assertThat(Recording.entry(journal.getLast()).groups()).isEmpty();
      assertThat(Recording.entry(journal.getLast()).disposition()).isEqualTo(Disposition.TICK);
      assertThat(verify(journal).firstDivergence()).isEmpty();
    }
  }

  @Test
  void aThresholdThatWasChangedInTheJournaledGuidelineIsFound() {
    String text = GuidelineEditions.standard().text();
    List<JournalRecord> forged =
        Recording.forged(
            records,
            0,
            entry ->
                recordedBy(
                    entry.engineVersion(),
                    entry,
                    Optional.of(text.replace("kpsValidDays: 14", "kpsValidDays: 15"))));

    assertThat(breaks(verify(forged))).contains("0 GUIDELINE");
  }

  @Test
  void onePatientAloneIsDecidedTheSame() {
    PatientId patient = new PatientId("sim-000003");

    ReplayResult result =
        Replay.run(Recording.journal(records), OPTIONS.withPatients(Set.of(patient)));

    assertThat(result.firstDivergence()).isEmpty();
    assertThat(result.patients()).isEqualTo(1);
    assertThat(result.reproduced()).isTrue();
  }

  @Test
  void upToATimeOnlyWhatWasKnownThenIsLookedAt() {
    Instant until = Recording.entry(records.get(records.size() / 2)).logicalTime().orElseThrow();

    ReplayResult result = Replay.run(Recording.journal(records), OPTIONS.withUntil(until));

    assertThat(result.entries()).isLessThan(records.size()).isPositive();
    assertThat(result.reproduced()).isTrue();
  }

  /** Plays a dozen patients, then gives another guideline; a time after that. */
  private static Instant playedAndSwitched(Recording recording) {
    List<Arrival> arrivals = arrivals(12);
    recording.play(arrivals.iterator(), Duration.ofDays(1));
    recording.guideline(GuidelineEditions.load("lm-nsclc-strict"));
    return arrivals.getLast().at().plus(Duration.ofDays(2));
  }

  private static ReplayResult verify(List<JournalRecord> journal) {
    return Replay.run(Recording.journal(journal), OPTIONS);
  }

  private static List<String> breaks(ReplayResult result) {
    return result.partitions().getFirst().chain().breaks().stream()
        .map(one -> one.sequence() + " " + one.fault())
        .toList();
  }

  private static List<Arrival> arrivals(long patients) {
    List<Arrival> arrivals = new ArrayList<>();
    new Population(11).arrivals(patients).forEachRemaining(arrivals::add);
    return arrivals;
  }

  private int indexOf(Predicate<JournalEntry> wanted) {
    return IntStream.range(records.size() / 4, records.size())
        .filter(i -> wanted.test(Recording.entry(records.get(i))))
        .findFirst()
        .orElseThrow();
  }

  private List<JournalRecord> replaced(int index, byte[] bytes) {
    List<JournalRecord> tampered = new ArrayList<>(records);
    tampered.set(index, new Whole(index, ((Whole) records.get(index)).schema(), bytes));
    return tampered;
  }

  private static JournalEntry downgraded(JournalEntry entry) {
    boolean[] done = {false};
    List<Group> groups = new ArrayList<>();
    for (Group group : entry.groups()) {
      List<AlertRevision> alerts = new ArrayList<>(group.alerts());
      if (!alerts.isEmpty() && !done[0]) {
        done[0] = true;
        alerts.set(0, Revisions.saying(alerts.getFirst(), "nothing to see here"));
      }
      groups.add(Recording.withDecisions(group, group.events(), alerts));
    }
    return Recording.withGroups(entry, groups, entry.coordinates());
  }
}
