package io.meninx.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sum: what the input topics have and what the journal has, offset by offset. */
class InputOffsetsTest {
  private static final String TOPIC = "kps-updates";

  private final List<JournalRecord> records = Recording.simulated(4, Duration.ofDays(4));
  private final Map<String, TreeSet<Long>> topics = new TreeMap<>();
  private long earliest;

  @BeforeEach
  void asJournaled() {
    for (JournalRecord record : records) {
      Recording.entry(record).coordinates().ifPresent(at -> topic(at.topic()).add(at.offset()));
    }
  }

  @Test
  void topicsThatHaveWhatWasJournaledAreCountedAndFine() {
    PartitionResult result = audited(records);

    assertThat(result.chain().breaks()).isEmpty();
    assertThat(result.inputs()).allSatisfy(sum -> assertThat(sum.inTopic()).hasValue(sum.count()));
  }

  @Test
  void anInputBetweenOthersThatHasNoEntryIsNamed() {
    List<JournalRecord> shifted = shifted(5, 1);

    topic(TOPIC).add(topic(TOPIC).last() + 1);

    assertThat(details(audited(shifted))).containsExactly(TOPIC + "-0 offset 5 has no entry");
  }

  /** What lies before the first entry of a topic is as much missing as what lies between. */
  @Test
  void aFirstInputThatHasNoEntryIsNamed() {
    List<JournalRecord> shifted = shifted(0, 1);

    topic(TOPIC).add(topic(TOPIC).last() + 1);

    assertThat(details(audited(shifted))).containsExactly(TOPIC + "-0 offset 0 has no entry");
  }

  @Test
  void inputsThatTheTopicDeletedForTheirAgeAreNotMissed() {
    earliest = 4;
    topics.values().forEach(offsets -> offsets.removeIf(offset -> offset < earliest));

    assertThat(audited(records).chain().breaks()).isEmpty();
  }

  @Test
  void ofAJournalThatBeginsLateOnlyWhatFollowsIsCompared() {
    PartitionResult result = audited(records.subList(40, records.size()));

    assertThat(details(result)).noneMatch(detail -> detail.endsWith("has no entry"));
  }

  @Test
  void anEntryOfAnInputThatIsNotInTheTopicIsNamed() {
    topic(TOPIC).remove(3L);

    assertThat(details(audited(records)))
        .containsExactly(TOPIC + "-0 offset 3 is not in the topic");
  }

  @Test
  void inputsAreComparedHoweverFarApartTheyAre() {
    long far = 1L << 40;
    List<JournalRecord> shifted = shifted(5, far);
    TreeSet<Long> offsets = topic(TOPIC);
    List<Long> late = offsets.stream().filter(offset -> offset >= 5).map(o -> o + far).toList();
    offsets.removeIf(offset -> offset >= 5);
    offsets.addAll(late);
    offsets.add(2 + far);
    offsets.remove(6 + far);

    assertThat(details(audited(shifted)))
        .containsExactly(
            "%s-0 offset %d has no entry".formatted(TOPIC, 2 + far),
            "%s-0 offset %d is not in the topic".formatted(TOPIC, 6 + far));
  }

  /** The journal as if every input of the topic from an offset on had come later by so many. */
  private List<JournalRecord> shifted(long from, long by) {
    List<JournalRecord> shifted = records;
    for (int i = 0; i < records.size(); i++) {
      boolean later =
          Recording.entry(records.get(i))
              .coordinates()
              .filter(at -> at.topic().equals(TOPIC) && at.offset() >= from)
              .isPresent();
      if (later) {
        shifted = Recording.forged(shifted, i, entry -> shifted(entry, by));
      }
    }
    return shifted;
  }

  private static JournalEntry shifted(JournalEntry entry, long by) {
    return Recording.withCoordinates(
        entry,
        at -> new Coordinates(at.topic(), at.partition(), at.offset() + by, at.recordTimestamp()));
  }

  private TreeSet<Long> topic(String name) {
    return topics.computeIfAbsent(name, _ -> new TreeSet<>());
  }

  private PartitionResult audited(List<JournalRecord> journal) {
    MemoryJournal memory = Recording.journal(journal);
    JournalSource source =
        new DelegatingJournal() {
          @Override
          public JournalSource journal() {
            return memory;
          }

          @Override
          public Optional<InputTopics> inputs() {
            return Optional.of(
                (topic, _, first, last) ->
                    Optional.of(
                        new InputTopics.Offsets(
                            earliest,
                            topic(topic).subSet(first, true, last, true).stream()
                                .mapToLong(offset -> offset)
                                .iterator())));
          }
        };
    return Replay.run(source, ReplayOptions.all(Recording.ENGINE)).partitions().getFirst();
  }

  private static List<String> details(PartitionResult result) {
    return result.chain().breaks().stream()
        .map(ChainReport.Break::detail)
        .filter(detail -> detail.contains("offset"))
        .toList();
  }
}
