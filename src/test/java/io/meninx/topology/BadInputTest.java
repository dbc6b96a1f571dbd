package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Flag;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.BadInputs;
import io.meninx.wire.BadInputs.Bad;
import io.meninx.wire.BadInputs.Fate;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 3, in bulk: what feeds send by mistake, and what becomes of it. */
class BadInputTest {
  private static final Instant NOW = at(1, "13:00");
  private static final String PATIENT = "patient-bad";
  private static final DecisionEngine ENGINE =
      DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));

  /** Two partitions, so that a record can be on the wrong one; the driver's is the first. */
  private static TopologySettings twoPartitions(TopologySettings settings) {
    return TopologySettings.of(
        settings.prefix(), 2, settings.engine(), settings.engineVersion(), settings.registry());
  }

  private static String patientOnTheFirst() {
    String id = PATIENT;
    for (int i = 0;
        InputReader.partitionOf(id.getBytes(java.nio.charset.StandardCharsets.UTF_8), 2) != 0;
        i++) {
      id = PATIENT + i;
    }
    return id;
  }

  /** Before the first tick records wait in a store; what becomes of them is the same. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void eachIsADeadLetterOrFlaggedForItsReasonAndTheJournalHasEachOnce(boolean tickFirst) {
    InMemoryRegistryClient registry = new InMemoryRegistryClient();
    List<Bad> corpus = BadInputs.corpus(registry, patientOnTheFirst());
    try (Driven driven = new Driven(ENGINE, registry, BadInputTest::twoPartitions)) {
      if (tickFirst) {
        driven.tick(NOW.minusSeconds(60));
      }
      corpus.forEach(bad -> send(driven, bad));
      driven.tick(NOW);
      for (int i = 0; i < 20; i++) {
        driven.pump();
      }
      String good = patientOnTheFirst();
      driven.fact(kps("good-at-last", 90).patient(good).day(2).build());

      List<JournalEntry> journal = driven.journal();
      List<DeadLetter> letters = driven.deadLetters();
      assertThat(journal.getLast().disposition()).isEqualTo(Disposition.DECIDED);
      int[] offsets = new int[Topic.values().length];
      if (tickFirst) {
        offsets[Topic.CLOCK_TICKS.ordinal()] = 1;
      }
      for (Bad bad : corpus) {
        long offset = offsets[bad.topic().ordinal()]++;
        assertThat(fate(journal, letters, bad.topic(), offset))
            .as(bad.name())
            .isEqualTo(bad.fate());
      }
      assertThat(journal.stream().flatMap(e -> e.coordinates().stream()))
          .hasSize(corpus.size() + (tickFirst ? 3 : 2))
          .doesNotHaveDuplicates();
      assertThat(letters)
          .allSatisfy(
              letter ->
                  assertThat(letter.reasonClass())
                      .isEqualTo(PoisonReason.valueOf(letter.reason()).kind().name()));
    }
  }

  private static void send(Driven driven, Bad bad) {
    Headers headers = new RecordHeaders();
    bad.headers().forEach(name -> headers.add(name, new byte[10]));
    driven.send(bad.topic(), bad.key(), bad.value(), NOW, headers);
  }

  /** What became of an input, by the journal and the dead letters together. */
  private static Fate fate(
      List<JournalEntry> journal, List<DeadLetter> letters, Topic topic, long offset) {
    JournalEntry entry =
        journal.stream()
            .filter(
                e ->
                    e.coordinates()
                        .filter(c -> c.topic().equals(topic.baseName()) && c.offset() == offset)
                        .isPresent())
            .reduce(
                (one, two) -> {
                  throw new AssertionError("twice in the journal");
                })
            .orElseThrow();
    Optional<DeadLetter> letter =
        letters.stream()
            .filter(l -> l.topic().equals(topic.baseName()) && l.offset() == offset)
            .findFirst();
    Optional<JournalEntry.Held> held =
        journal.stream()
            .flatMap(e -> e.groups().stream())
            .flatMap(group -> group.held().stream())
            .filter(kept -> kept.sequence() == entry.sequence())
            .findFirst();
    Disposition disposition = held.map(JournalEntry.Held::disposition).orElse(entry.disposition());
    Optional<Flag> flag = held.map(JournalEntry.Held::flag).orElse(entry.flag());
    assertThat(letter.isPresent()).isEqualTo(disposition == Disposition.DEAD_LETTER);
    return switch (disposition) {
      case DEAD_LETTER ->
          new Fate.Dead(
              PoisonReason.valueOf(letter.orElseThrow().reason()), letter.orElseThrow().field());
      case DUPLICATE -> new Fate.Duplicate();
      default -> flag.<Fate>map(f -> new Fate.Flagged(f.reason())).orElse(new Fate.Kept());
    };
  }

  /** The bound itself, 20,000 facts, is the engine's; here it is small. */
  @Test
  void theFactAfterTheLastThatAPatientMayHaveIsADeadLetterAndOthersGoOn() {
    int most = 200;
    PathwayEngine small =
        new PathwayEngine(
            GuidelineEditions.standard(), new EngineSettings(Duration.ofMinutes(10), most));
    try (Driven driven = new Driven(DecisionEngine.of(small))) {
      driven.tick(NOW);
      for (int i = 0; i <= most; i++) {
        driven.fact(kps("r" + i, 90).patient("looping").day(1).build());
      }
      driven.fact(kps("other", 90).patient("other").day(1).build());

      assertThat(driven.deadLetters())
          .extracting(DeadLetter::reason, DeadLetter::offset)
          .containsExactly(tuple("PATIENT_TOO_LARGE", (long) most));
      assertThat(driven.journal().getLast().disposition()).isEqualTo(Disposition.DECIDED);
    }
  }

  /**
   * Few facts with long texts are too much long before there are too many: what is retained of a
   * patient is read as a whole.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPatientWhoseFactsAreTooLongIsFullBeforeARowIsTooLargeToSend(boolean tickFirst) {
    try (Driven driven = new Driven(ENGINE)) {
      if (tickFirst) {
        driven.tick(NOW);
      }
      for (int i = 0; i < 25; i++) {
        driven.fact(longBiopsy("r" + i));
      }
      for (int i = 0; i < 20; i++) {
        driven.fact(longBiopsy("r0")); // a duplicate needs no room
      }
      driven.fact(kps("other", 90).patient("other").day(1).build());
      driven.tick(NOW.plusSeconds(60));

      assertThat(driven.deadLetters())
          .hasSizeBetween(5, 15)
          .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("PATIENT_TOO_LARGE"));
      assertThat(kept(driven)).isBetween(1_000_000, TopologySettings.MAX_PATIENT_BYTES + 10_000);
      assertThat(largestOutput(driven)).isBetween(1, 1_000_000);
    }
  }

  /** What is not retained is read as a whole too, when a late fact or a guideline asks for it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPatientWhoseAnswersAreTooLongIsFullBeforeThereIsNoMemoryForThem(boolean tickFirst) {
    try (Driven driven = new Driven(ENGINE)) {
      if (tickFirst) {
        driven.tick(NOW);
      }
      for (int i = 0; i < 600; i++) {
        driven.fact(
            Facts.response("answer" + i, AlertResponse.Action.ACKNOWLEDGED)
                .code("MRI_DUE")
                .reason("説".repeat(9_990))
                .patient("long")
                .day(1)
                .build());
      }
      driven.fact(kps("other", 90).patient("other").day(1).build());
      for (int i = 0; i < 10; i++) {
        driven.tick(NOW.plusSeconds(60L * (i + 1)));
      }

      assertThat(driven.deadLetters())
          .hasSizeBetween(20, 60)
          .allSatisfy(letter -> assertThat(letter.reason()).isEqualTo("PATIENT_TOO_LARGE"));
      assertThat(kept(driven)).isBetween(15_000_000, TopologySettings.MAX_FACTS_BYTES + 50_000);
    }
  }

  private static Fact longBiopsy(String report) {
    Facts.Biopsy biopsy = Facts.biopsy(report).patient("long").day(1);
    for (int i = 0; i < 45; i++) {
      biopsy.marker("GENE" + i, "x".repeat(9_999));
    }
    return biopsy.build();
  }

  /** All rows of facts together, with the small ones of event ids. */
  private static int kept(Driven driven) {
    KeyValueStore<Bytes, byte[]> rows = driven.driver().getKeyValueStore(Names.FACTS);
    int kept = 0;
    try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
      while (all.hasNext()) {
        kept += all.next().value.length;
      }
    }
    return kept;
  }

  /** Of all outputs but dead letters, whose topic takes more. */
  private static int largestOutput(Driven driven) {
    return Topic.outputs().stream()
        .filter(topic -> topic != Topic.DEAD_LETTERS)
        .flatMap(topic -> driven.output(topic).stream())
        .mapToInt(row -> row.value().length)
        .max()
        .orElse(0);
  }

  @Test
  void anInputTooLargeToCopyIsADeadLetterThatSaysWhereItsBytesAre() {
    try (Driven driven = new Driven(ENGINE)) {
      byte[] value = new byte[5 * 1024 * 1024];
      driven.send(Topic.KPS_UPDATES, PATIENT, value, NOW);

      DeadLetter letter = driven.deadLetters().getFirst();
      assertThat(letter.reason()).isEqualTo("RECORD_TOO_LARGE");
      assertThat(letter.value()).isEmpty();
      assertThat(letter.omitted().orElseThrow().value())
          .contains(io.meninx.journal.Sha256.of(value));
    }
  }
}
