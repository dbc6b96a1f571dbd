package io.meninx.deadletter;

import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.deadletter.Desk.Author;
import io.meninx.deadletter.Desk.Outcome;
import io.meninx.deadletter.Letter.State;
import io.meninx.edition.GuidelineEditions;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.StreamsRuntime;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What operators do with dead letters, on a real broker. */
@Timeout(180)
class DeadLetterDeskIT {
  static final Author AUTHOR =
      new Author(
          "a.operator", "test", Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC));

  private static final byte[] KEY = "anna".getBytes(StandardCharsets.UTF_8);

  private final LiveStream live = new LiveStream(2);
  private final DecisionEngine engine =
      DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));

  @AfterEach
  void close() {
    live.close();
  }

  @Test
  void whatIsSentBackIsWhatCameOnceAndOnlyOnce() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      byte[] unknown = Frames.frame(4_711, new byte[] {1, 2, 3});
      live.send(Topic.KPS_UPDATES, 1, KEY, unknown, List.of("trace", "trace"));
      live.send(Topic.CSF_CYTOLOGY_RESULTS, 0, null, new byte[] {9}, List.of());
      live.awaitJournal(runtime);

      Outcome first = replay(false);
      Outcome second = replay(false);
      live.awaitJournal(runtime);

      assertThat(first).isEqualTo(new Outcome(2, 0, 0, List.of(), List.of()));
      assertThat(second.done()).isZero();
      assertThat(second.before()).isEqualTo(2);
      List<ConsumerRecord<byte[], byte[]>> sent = live.read(Topic.KPS_UPDATES);
      assertThat(sent).hasSize(2).allSatisfy(row -> assertThat(row.partition()).isEqualTo(1));
      assertThat(sent.getLast().key()).isEqualTo(KEY);
      assertThat(sent.getLast().value()).isEqualTo(unknown);
      assertThat(Arrays.stream(sent.getLast().headers().toArray()).map(Header::key))
          .containsExactly("trace", "trace", Letter.REPLAY_OF);
    }
  }

  @Test
  void whatComesBackNamesWhatItWasAndIsNotSentAgainUnlessAsked() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, 0, KEY, new byte[] {9, 9, 9, 9, 9, 9}, List.of());
      live.awaitJournal(runtime);

      replay(false);
      live.awaitJournal(runtime);
      Outcome repeated = replay(false);
      Outcome asked = replay(true);
      live.awaitJournal(runtime);

      assertThat(repeated).isEqualTo(new Outcome(0, 1, 1, List.of(), List.of()));
      assertThat(asked.done()).isEqualTo(1);
      assertThat(live.letters(Selection.ALL))
          .extracting(letter -> letter.earlier().stream().map(LetterId::toString).toList())
          .containsExactly(
              List.of(), List.of("kps-updates:0:0"), List.of("kps-updates:0:0", "kps-updates:0:1"));
      assertThat(live.letters(Selection.ALL))
          .extracting(Letter::state)
          .containsExactly(State.REPLAYED, State.REPLAYED, State.OPEN);
    }
  }

  /** Of one that was not copied the original is looked up while the others are still read. */
  @Test
  void moreThanABatchIsSentBackThoughSomeWereTooLargeToCopy() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, 1, KEY, new byte[600_000], List.of());
      for (int i = 0; i < 1_100; i++) {
        live.send(Topic.KPS_UPDATES, i % 2, KEY, new byte[] {9, 9, 9, 9, 9, (byte) i}, List.of());
      }
      live.flush();
      live.awaitJournal(runtime);

      assertThat(replay(false)).isEqualTo(new Outcome(1_101, 0, 0, List.of(), List.of()));
    }
  }

  /** Since it was read its topic takes less: the others go, and it is named. */
  @Test
  void oneThatItsTopicDoesNotTakeAnyMoreKeepsNoOtherFromBeingSent() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, 1, KEY, new byte[] {9, 1}, List.of());
      live.send(Topic.KPS_UPDATES, 1, KEY, new byte[200_000], List.of());
      live.send(Topic.KPS_UPDATES, 1, KEY, new byte[] {9, 2}, List.of());
      live.awaitJournal(runtime);
      live.takesAtMost(Topic.KPS_UPDATES, 100_000);

      Outcome first = replay(false);
      Outcome second = replay(false);
      live.awaitJournal(runtime);

      String named = "kps-updates:1:1 is larger than its topic takes now";
      assertThat(first).isEqualTo(new Outcome(2, 0, 0, List.of(named), List.of()));
      assertThat(second.before()).isEqualTo(2);
      assertThat(second.impossible()).containsExactly(named);
      assertThat(live.read(Topic.KPS_UPDATES).stream().map(row -> row.value().length))
          .containsExactly(2, 200_000, 2, 2, 2);
    }
  }

  /** The point of it all: what was wrong is put right, and the fact is decided after all. */
  @Test
  void afterTheSchemaIsRegisteredAReplayedFactIsDecided() {
    String today = Topic.KPS_UPDATES.valueSchema().toString();
    String more = ",{\"name\":\"more\",\"type\":[\"null\",\"string\"],\"default\":null}]}";
    Schema newer = new Schema.Parser().parse(today.substring(0, today.length() - 2) + more);
    byte[] value = live.bytes(kps("r", 80).patient("anna").day(1).build());
    // The field that is new is null: one zero byte more.
    byte[] body = Arrays.copyOfRange(value, Frames.HEADER_LENGTH, value.length + 1);
    int next = 40; // Not there yet: the schemas of the topics are fewer.
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, KEY, Frames.frame(next, body), List.of());
      live.awaitJournal(runtime);
      assertThat(live.letters(Selection.ALL))
          .extracting(letter -> letter.content().reason())
          .containsExactly("UNKNOWN_SCHEMA_ID");

      registerUntil(next, newer);
      replay(false);

      assertThat(live.awaitJournal(runtime))
          .filteredOn(entry -> entry.disposition() == Disposition.DECIDED)
          .hasSize(1);
    }
  }

  /** Registers other schemas until the id is the next one, and then this. */
  private void registerUntil(int id, Schema schema) {
    for (int i = 0; ; i++) {
      Schema filler = Schema.createFixed("Filler" + i, null, null, 1 + i);
      if (live.registry().idFor("filler-" + i + "-value", filler) == id - 1) {
        assertThat(live.registry().idFor(Topic.KPS_UPDATES.subject(""), schema)).isEqualTo(id);
        return;
      }
    }
  }

  @Test
  void whatIsDiscardedSaysWhoAndWhyAndIsNeverSent() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, 0, KEY, null, List.of());
      live.send(Topic.KPS_UPDATES, 0, KEY, new byte[] {1}, List.of());
      live.awaitJournal(runtime);

      Outcome discarded;
      Outcome named;
      LetterId nowhere = LetterId.parse("kps-updates:0:17").orElseThrow();
      try (Desk desk = new Desk(live.clients(), AUTHOR)) {
        named = desk.replay(Selection.of(Set.of(nowhere)), false);
        discarded = desk.discard(byReason(PoisonReason.NULL_VALUE), "sent by mistake");
      }
      Outcome replayed = replay(false);

      assertThat(named).isEqualTo(new Outcome(0, 0, 0, List.of(), List.of(nowhere)));
      assertThat(discarded.done()).isEqualTo(1);
      assertThat(discarded.unknown()).isEmpty();
      assertThat(replayed.done()).isEqualTo(1);
      Letter letter = live.letters(byReason(PoisonReason.NULL_VALUE)).getFirst();
      assertThat(letter.state()).isEqualTo(State.DISCARDED);
      assertThat(letter.handled().orElseThrow().by()).isEqualTo("a.operator");
      assertThat(letter.handled().orElseThrow().note()).contains("sent by mistake");
      live.awaitJournal(runtime);
      assertThat(live.read(Topic.KPS_UPDATES)).hasSize(3);
    }
  }

  /** Two operators at once: the second shuts the first one out, and nothing is sent twice. */
  @Test
  void whoIsShutOutSendsNothing() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.send(Topic.KPS_UPDATES, 0, KEY, new byte[] {1}, List.of());
      live.tick(Instant.now());
      live.awaitJournal(runtime);
      try (Desk slow = new Desk(live.clients(), AUTHOR)) {
        assertThat(replay(false).done()).isEqualTo(1);

        // What it would do now was done by the other one: it finds the mark, or it is fenced.
        assertThat(slow.replay(Selection.ALL, false).done()).isZero();
        live.send(Topic.KPS_UPDATES, 0, KEY, new byte[] {2}, List.of());
        live.awaitJournal(runtime);
        assertThatThrownBy(() -> slow.replay(byReason(PoisonReason.FRAME_TOO_SHORT), true))
            .isInstanceOf(DeadLetterException.class);
      }
      live.awaitJournal(runtime);
      assertThat(live.read(Topic.KPS_UPDATES)).hasSize(3);
      assertThat(replay(true).done()).isEqualTo(2);
    }
  }

  @Test
  void aTickIsNotSentBack() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now().plusSeconds(3600));
      live.awaitJournal(runtime);

      Outcome outcome = replay(false);

      assertThat(outcome.done()).isZero();
      assertThat(outcome.impossible()).hasSize(2).allSatisfy(l -> assertThat(l).contains("tick"));
    }
  }

  @Test
  void theyAreFoundByReasonTopicPartitionOffsetAndTime() {
    try (StreamsRuntime runtime = live.start(engine)) {
      live.tick(Instant.now());
      live.send(Topic.KPS_UPDATES, 0, KEY, null, List.of());
      live.send(Topic.KPS_UPDATES, 0, KEY, new byte[] {1}, List.of());
      live.send(Topic.IMAGING_REPORTS, 1, KEY, new byte[] {1}, List.of());
      live.awaitJournal(runtime);

      assertThat(ids(byReason(PoisonReason.FRAME_TOO_SHORT)))
          .containsExactlyInAnyOrder("kps-updates:0:1", "imaging-reports:1:0");
      assertThat(
              ids(where(Set.of(Topic.IMAGING_REPORTS), OptionalInt.empty(), OptionalLong.empty())))
          .containsExactly("imaging-reports:1:0");
      assertThat(ids(where(Set.of(), OptionalInt.of(0), OptionalLong.of(1))))
          .containsExactly("kps-updates:0:1");
      assertThat(ids(received(Instant.now().plusSeconds(60), Instant.MAX))).isEmpty();
      assertThat(ids(received(Instant.EPOCH, Instant.now().plusSeconds(60)))).hasSize(3);
    }
  }

  private List<String> ids(Selection selection) {
    return live.letters(selection).stream().map(letter -> letter.id().toString()).toList();
  }

  private Outcome replay(boolean again) {
    try (Desk desk = new Desk(live.clients(), AUTHOR)) {
      return desk.replay(Selection.ALL, again);
    }
  }

  private static Selection byReason(PoisonReason reason) {
    return new Selection(
        Set.of(),
        Set.of(reason),
        Set.of(),
        Set.of(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  private static Selection where(Set<Topic> topics, OptionalInt partition, OptionalLong from) {
    return new Selection(
        Set.of(),
        Set.of(),
        Set.of(),
        topics,
        partition,
        from,
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  private static Selection received(Instant since, Instant until) {
    return new Selection(
        Set.of(),
        Set.of(),
        Set.of(PoisonReason.Kind.FRAME),
        Set.of(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.of(since),
        Optional.of(until),
        Set.of());
  }
}
