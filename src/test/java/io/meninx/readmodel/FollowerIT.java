package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.service.topics.NewTopics;
import io.meninx.testing.TestCluster;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The read model on a real Kafka. */
@Timeout(120)
class FollowerIT {
  private static final int PARTITIONS = 2;

  @TempDir private Path directory;
  private TestCluster kafka;
  private KafkaProducer<byte[], byte[]> producer;
  private final InMemoryRegistryClient registry = new InMemoryRegistryClient();
  private final WireFormat wire = new WireFormat(registry, "");
  private final OutputWriter writer = new OutputWriter("lm-nsclc", "1");

  @BeforeEach
  void start() throws Exception {
    kafka = TestCluster.start(1);
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
    try (Admin admin = Admin.create(client)) {
      NewTopics.make(
              admin,
              Arrays.stream(Topic.values())
                  .map(topic -> new NewTopic(topic.name(""), PARTITIONS, (short) 1))
                  .toList())
          .get();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "test"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  @AfterEach
  void stop() {
    producer.close(Duration.ofSeconds(1));
    kafka.close();
  }

  private Follower follower() {
    return follower(Clock.systemUTC());
  }

  private Follower follower(Clock clock) {
    return Follower.start(
        new Follower.Settings(
            Map.of("bootstrap.servers", kafka.bootstrapServers()), "", PARTITIONS, directory),
        registry,
        clock,
        Reading.NONE);
  }

  private void send(String patient, Encoded encoded) {
    var _ =
        producer.send(
            new ProducerRecord<>(
                encoded.topic().name(""),
                patient.getBytes(StandardCharsets.UTF_8),
                wire.frame(encoded)));
  }

  private void alert(String patient, String key, int revision, AlertState state, int minute) {
    var alert =
        Samples.alert(patient, key, revision, AlertCode.MRI_DUE, state, Priority.STAT, minute);
    send(patient, writer.alert(alert.patientId(), alert.value()));
  }

  private void pathway(String patient, int minute, AlertLine... open) {
    var pathway = Samples.pathway(patient, minute, open);
    send(patient, writer.pathway(pathway.patientId(), pathway.at(), pathway.state()));
  }

  private static void awaitEnd(Follower follower, int minute) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                follower.behind().records() == 0
                    && follower
                        .behind()
                        .newest()
                        .equals(Optional.of(Samples.START.plusSeconds(60L * minute))));
  }

  private static List<String> open(Follower follower) {
    return follower.model().alerts(AlertQuery.OPEN, Optional.empty(), 10).items().stream()
        .map(AlertRow::key)
        .toList();
  }

  @Test
  void onlyWhatIsCommittedIsToldAndARestartGoesOnWhereItStopped() {
    try (Follower follower = follower()) {
      List<String> changes = new CopyOnWriteArrayList<>();
      follower.watch(rows -> rows.forEach(row -> changes.add(row.key())));
      producer.beginTransaction();
      alert("anna", "committed", 1, AlertState.ACTIVE, 1);
      pathway("anna", 2);
      producer.commitTransaction();
      producer.beginTransaction();
      alert("bert", "aborted", 1, AlertState.ACTIVE, 1);
      producer.abortTransaction();
      awaitEnd(follower, 2);

      assertThat(open(follower)).containsExactly("committed");
      assertThat(changes).containsExactly("committed");
      assertThat(follower.model().patient(new PatientId("anna"))).isPresent();
      assertThat(follower.behind().measuredAt()).isPresent();
    }
    producer.beginTransaction();
    alert("anna", "committed", 2, AlertState.RESOLVED, 5);
    producer.commitTransaction();

    try (Follower follower = follower()) {
      List<Integer> revisions = new CopyOnWriteArrayList<>();
      follower.watch(rows -> rows.forEach(row -> revisions.add(row.last().value().revision())));
      awaitEnd(follower, 5);

      assertThat(open(follower)).isEmpty();
      assertThat(revisions).doesNotContain(1);
      assertThat(follower.model().revisions("committed")).hasSize(2);
    }
  }

  @Test
  void aRecordThatCannotBeReadIsCountedAndTheRestIsTold() {
    try (Follower follower = follower()) {
      producer.beginTransaction();
      var _ =
          producer.send(
              new ProducerRecord<>(
                  Topic.PATHWAY_ALERTS.name(""), 0, new byte[] {1}, new byte[] {9, 9}));
      alert("anna", "a", 1, AlertState.ACTIVE, 3);
      producer.commitTransaction();
      awaitEnd(follower, 3);

      assertThat(follower.behind().unreadable()).isEqualTo(1);
      assertThat(open(follower)).containsExactly("a");
    }
    try (Follower again = follower()) { // it is still left out
      awaitEnd(again, 3);

      assertThat(again.behind().unreadable()).isEqualTo(1);
    }
  }

  /** Ages are counted from it: in a quiet night no decision says that time goes on. */
  @Test
  void whatTimeItIsIsToldByTicksThoughNothingIsDecided() {
    Instant noon = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    producer.beginTransaction();
    tick(noon, noon);
    producer.commitTransaction();
    try (Follower follower = follower()) {
      awaitTime(follower, noon);
      producer.beginTransaction();
      tick(noon.plusSeconds(60), noon.plusSeconds(60));
      tick(noon.plusSeconds(30), noon.plusSeconds(30));
      tick(noon.plusSeconds(9_000), noon.plusSeconds(90)); // from the future: a dead letter
      var _ =
          producer.send(
              new ProducerRecord<>(Topic.CLOCK_TICKS.name(""), 0, null, new byte[] {9, 9}));
      alert("anna", "a", 1, AlertState.ACTIVE, 3);
      producer.commitTransaction();
      awaitEnd(follower, 3);

      awaitTime(follower, noon.plusSeconds(60));
      assertThat(follower.behind().unreadable()).isZero();
    }
  }

  private void tick(Instant time, Instant sentAt) {
    var _ =
        producer.send(
            new ProducerRecord<>(
                Topic.CLOCK_TICKS.name(""),
                0,
                sentAt.toEpochMilli(),
                null,
                wire.frame(new FactWriter().encodeTick(time, "test"))));
  }

  private static void awaitTime(Follower follower, Instant time) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> follower.behind().logicalTime().equals(Optional.of(time)));
  }

  /** As retention does it. Who is made anew has the state only; who was away has what was. */
  @Test
  void whatWasDeletedBeforeItWasReadIsCounted() throws Exception {
    producer.beginTransaction();
    alert("anna", "a", 1, AlertState.ACTIVE, 1);
    pathway("anna", 2, Samples.line(AlertCode.MRI_DUE));
    producer.commitTransaction();
    try (Follower follower = follower()) {
      awaitEnd(follower, 2);
      awaitNotRead(follower, 0);
      assertThat(follower.behind().skipped()).isZero();
    }
    producer.beginTransaction();
    alert("anna", "a", 2, AlertState.ESCALATED, 3);
    pathway("anna", 4, Samples.line(AlertCode.MRI_DUE));
    producer.commitTransaction();
    deleteAlerts();

    try (Follower away = follower()) {
      awaitEnd(away, 4);
      awaitNotRead(away, 0);
      assertThat(away.behind().skipped()).isEqualTo(2); // and the mark of the transaction
    }
    directory = directory.resolve("anew");
    try (Follower anew = follower()) {
      awaitNotRead(anew, 1);

      assertThat(open(anew)).isEmpty();
      assertThat(anew.behind().skipped()).isZero();
      assertThat(anew.model().view(new PatientId("anna")).orElseThrow().notRead())
          .containsExactly(Samples.line(AlertCode.MRI_DUE));
    }
  }

  private static void awaitNotRead(Follower follower, long alerts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> follower.behind().alertsNotRead().equals(OptionalLong.of(alerts)));
  }

  /** Takes down what the follower warns of. */
  private static final class Warnings extends AbstractAppender implements AutoCloseable {
    private final Logger logger = (Logger) LogManager.getLogger(Follower.class);
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Warnings() {
      super("warnings", null, null, true, Property.EMPTY_ARRAY);
      start();
      logger.addAppender(this);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getMessage().getFormattedMessage());
    }

    @Override
    public void close() {
      logger.removeAppender(this);
      stop();
    }
  }

  /** Retention may be innocent: the log names both that take revisions away. */
  @Test
  void ofAPatientWhoWasErasedAndDecidedOnAgainTheAlertsAreCountedAndTheErasureIsNamed() {
    try (Warnings warnings = new Warnings();
        Follower follower = follower()) {
      producer.beginTransaction();
      alert("anna", "a", 1, AlertState.ACTIVE, 1);
      pathway("anna", 2, Samples.line(AlertCode.MRI_DUE));
      producer.commitTransaction();
      awaitEnd(follower, 2);
      awaitNotRead(follower, 0);
      producer.beginTransaction();
      var _ =
          producer.send(
              new ProducerRecord<>(
                  Topic.PATIENT_PATHWAYS.name(""), "anna".getBytes(StandardCharsets.UTF_8), null));
      producer.commitTransaction();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> follower.model().patient(new PatientId("anna")).isEmpty());
      producer.beginTransaction();
      pathway("anna", 4, Samples.line(AlertCode.MRI_DUE));
      producer.commitTransaction();

      awaitNotRead(follower, 1);
      assertThat(open(follower)).isEmpty();
      assertThat(warnings.lines)
          .anyMatch(line -> line.contains("topics.outputRetention") && line.contains("erased"))
          .noneMatch(line -> line.contains("anna"));
    }
  }

  private void deleteAlerts() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .deleteRecords(
              IntStream.range(0, PARTITIONS)
                  .mapToObj(i -> new TopicPartition(Topic.PATHWAY_ALERTS.name(""), i))
                  .collect(
                      Collectors.toMap(Function.identity(), _ -> RecordsToDelete.beforeOffset(-1))))
          .all()
          .get();
    }
  }

  @Test
  void aClockThatWasAheadAndIsPutRightHidesNoClusterThatIsAway() {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ofHours(1));
    InstantSource source = () -> Instant.now().plus(ahead.get());
    Clock clock = source.withZone(ZoneOffset.UTC);
    try (Follower follower = follower(clock)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> follower.behind().measuredAt().isPresent());
      ahead.set(Duration.ZERO);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !follower.behind().measuredAt().orElseThrow().isAfter(Instant.now())
                      && follower.behind().age().toSeconds() < 2);

      kafka.kill(1);

      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> follower.behind().age().toSeconds() >= 5);
    }
  }

  @Test
  void filesOfTopicsThatWereMadeAnewAreMadeAnewToo() throws Exception {
    producer.beginTransaction();
    for (int i = 1; i <= 5; i++) {
      alert("anna", "old" + i, 1, AlertState.ACTIVE, i);
    }
    producer.commitTransaction();
    try (Follower follower = follower()) {
      awaitEnd(follower, 5);
    }
    stop();
    start();
    producer.beginTransaction();
    alert("anna", "new", 1, AlertState.ACTIVE, 1);
    producer.commitTransaction();

    try (Follower follower = follower()) {
      awaitEnd(follower, 1);

      assertThat(open(follower)).containsExactly("new");
    }
  }
}
