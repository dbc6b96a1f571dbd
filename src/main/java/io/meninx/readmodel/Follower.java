package io.meninx.readmodel;

import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.wire.Encoded;
import io.meninx.wire.Failures;
import io.meninx.wire.Frames;
import io.meninx.wire.OutputReader;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the read model: reads every partition of pathway-events, pathway-alerts and
 * patient-pathways, committed records only, from where it stopped; and of clock-ticks, from the
 * last one on, what time it is for the stream. Joins no group and commits nothing; offsets stand
 * with the rows.
 *
 * <p>The files are a copy of the topics and are made anew when they are of other topics or schemas,
 * or when the topics end before the place that was reached. While no broker or registry answers it
 * tries again and answers from what it has; {@link #behind} tells.
 */
public final class Follower implements Feed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final List<Topic> TOPICS =
      List.of(Topic.PATHWAY_EVENTS, Topic.PATHWAY_ALERTS, Topic.PATIENT_PATHWAYS);

  /** Changes with the form of the rows. */
  private static final String FORMAT = "4";

  /** So many are read again; the very last may be one that tells no time. */
  private static final int LAST_TICKS = 10;

  /**
   * Measurements. State and alert come in one transaction, but not at one moment: what one of so
   * many did not find is there.
   */
  private static final int LOOKS = 5;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(1);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);

  /** The same failure is told again after so long; it is tried again every second. */
  private static final Duration TOLD_EVERY = Duration.ofMinutes(1);

  private final Settings settings;
  private final RegistryClient registry;
  private final Clock clock;
  private final Database database;
  private final Tally tally = new Tally();
  private final ReadModel model;
  private final Figures figures;
  private final Reading reading;
  private final AtomicReference<Measured> measured;
  private final List<Consumer<List<AlertRow>>> watchers = new CopyOnWriteArrayList<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Repeats told = new Repeats(TOLD_EVERY, System::nanoTime);
  private final Thread thread;

  /** Ends what the consumer waits for, if there is one. */
  private volatile Runnable wake = () -> {};

  /** Of the newest tick that was read. */
  private Optional<Instant> logicalTime = Optional.empty();

  /** Committed ends when reading began, and whether all before them was read since. */
  private Map<TopicPartition, Long> endsAtFirst = Map.of();

  private boolean caughtUp;

  /** Alerts that were named and not read, at the last measurements since. */
  private final Deque<Long> notRead = new ArrayDeque<>();

  private boolean warned;

  /**
   * A measurement.
   *
   * @param nanos when that was, as {@link System#nanoTime} tells it: a clock that was ahead and is
   *     put right must not hide that nothing is measured any more
   */
  private record Measured(Behind then, long nanos) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }
  }

  /**
   * What is read, and where it is kept.
   *
   * @param consumer properties of a consumer: servers and security
   * @param prefix of the topics
   * @param partitions of every topic
   * @param directory of the files, of this process alone
   */
  public record Settings(
      Map<String, Object> consumer, String prefix, int partitions, Path directory) {
    public Settings {
      consumer = Map.copyOf(consumer);
    }

    /** Without the consumer's properties, which may hold secrets. */
    @Override
    public String toString() {
      return "Settings[prefix=%s, partitions=%d, directory=%s]"
          .formatted(prefix, partitions, directory);
    }
  }

  private Follower(Settings settings, RegistryClient registry, Clock clock, Reading reading) {
    this.settings = settings;
    this.registry = registry;
    this.clock = clock;
    this.database = new Database(settings.directory());
    this.model = new ReadModel(database);
    this.figures = new Figures(database, tally);
    this.reading = reading;
    this.measured =
        new AtomicReference<>(
            new Measured(
                new Behind(
                    0,
                    Optional.empty(),
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    0,
                    OptionalLong.empty()),
                System.nanoTime()));
    this.thread = Thread.ofPlatform().name("read-model").daemon().unstarted(this::run);
  }

  /**
   * Starts following.
   *
   * @param registry that has the schemas; the caller closes it, later than this
   * @param clock for when the distance was measured
   * @param reading is told how it goes
   * @throws ReadModelException the files cannot be opened
   */
  public static Follower start(
      Settings settings, RegistryClient registry, Clock clock, Reading reading) {
    Follower follower = new Follower(settings, registry, clock, reading);
    try {
      follower.prepare();
      follower.thread.start();
      return follower;
    } catch (RuntimeException e) {
      follower.database.close();
      throw e;
    }
  }

  @Override
  public ReadModel model() {
    return model;
  }

  /** How many there are at present, as far as was read. */
  public Figures figures() {
    return figures;
  }

  @Override
  public Behind behind() {
    Measured last = measured.get();
    return last.then.aged(last.age());
  }

  @Override
  public Runnable watch(Consumer<List<AlertRow>> watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  private void prepare() {
    byte[] identity = identity().getBytes(StandardCharsets.UTF_8);
    byte[] key = Rows.meta("identity");
    if (!database.get(key).map(found -> Arrays.equals(found, identity)).orElse(false)) {
      database.clear();
      try (Database.Batch batch = database.batch()) {
        batch.put(key, identity);
        batch.write();
      }
    }
    tally.load(database);
  }

  private String identity() {
    return TOPICS.stream()
        .map(topic -> topic.name(settings.prefix()) + " " + fingerprint(topic.valueSchema()))
        .collect(Collectors.joining(" ", FORMAT + " " + settings.partitions() + " ", ""));
  }

  private static String fingerprint(Schema schema) {
    return Long.toHexString(SchemaNormalization.parsingFingerprint64(schema));
  }

  private void run() {
    while (stop.getCount() > 0) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        wake = consumer::wakeup;
        if (stop.getCount() == 0) {
          return;
        }
        Runnable closed = reading.opened(consumer);
        try {
          follow(consumer);
        } finally {
          closed.run();
        }
      } catch (WakeupException _) {
        LOG.debug("The read model is woken to end");
      } catch (KafkaException | RegistryException e) {
        if (told.isDue(Failures.told(e))) {
          LOG.warn("The read model waits for the cluster or the registry: {}", Failures.told(e));
        }
      } catch (RuntimeException e) {
        if (told.isDue(Failures.told(e))) {
          LOG.error("The read model stands still: {}", Failures.told(e));
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      if (stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("The read model ends");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> config = new HashMap<>(settings.consumer());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    config.put(
        ConsumerConfig.CLIENT_ID_CONFIG,
        config.getOrDefault(ConsumerConfig.CLIENT_ID_CONFIG, "meninx") + "-read-model");
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = partitions(TOPICS);
    List<TopicPartition> ticks = partitions(List.of(Topic.CLOCK_TICKS));
    consumer.assign(Stream.concat(partitions.stream(), ticks.stream()).toList());
    if (overtaken(consumer, partitions)) {
      LOG.warn("The topics end before what was read of them: the read model is made anew");
      database.clear();
      prepare();
      logicalTime = Optional.empty();
      caughtUp = false;
      endsAtFirst = consumer.endOffsets(partitions, ANSWER);
      notRead.clear();
      warned = false;
    }
    seek(consumer, partitions);
    if (!seekToLast(consumer, ticks)) {
      consumer.assign(partitions);
    }
    WireFormat wire = new WireFormat(registry, settings.prefix());
    OutputReader reader = new OutputReader();
    // Not before the rows are those it goes on from.
    try (Applier applier = new Applier(database, tally)) {
      while (stop.getCount() > 0) {
        ConsumerRecords<byte[], byte[]> records = poll(consumer, applier);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (topic(record.topic()) == Topic.CLOCK_TICKS) {
            tick(record, wire);
          } else {
            apply(record, wire, reader, applier);
          }
        }
        if (records.isEmpty()) {
          passMarks(consumer, partitions, applier);
        } else {
          List<AlertRow> changed = applier.write();
          tellOfTime(records);
          tell(changed);
        }
        measure(consumer, partitions, applier);
      }
    }
  }

  private List<TopicPartition> partitions(List<Topic> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic topic : topics) {
      for (int i = 0; i < settings.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(settings.prefix()), i));
      }
    }
    return partitions;
  }

  private boolean overtaken(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    if (!caughtUp) {
      endsAtFirst = ends;
    }
    return partitions.stream()
        .anyMatch(one -> reached(one).filter(at -> at > ends.getOrDefault(one, 0L)).isPresent());
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
    for (TopicPartition one : partitions) {
      reached(one)
          .ifPresentOrElse(
              offset -> consumer.seek(one, offset), () -> consumer.seekToBeginning(List.of(one)));
    }
  }

  /** Whether that can be done; what time it is matters less than what was decided. */
  private static boolean seekToLast(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> ticks) {
    try {
      Map<TopicPartition, Long> first = consumer.beginningOffsets(ticks, ANSWER);
      consumer
          .endOffsets(ticks, ANSWER)
          .forEach(
              (one, end) ->
                  consumer.seek(one, Math.max(first.getOrDefault(one, 0L), end - LAST_TICKS)));
      return true;
    } catch (WakeupException e) {
      throw e;
    } catch (KafkaException e) {
      LOG.warn("The read model can't read ticks: {}", Failures.told(e));
      return false;
    }
  }

  private Optional<Long> reached(TopicPartition partition) {
    return database
        .get(Rows.offset(topic(partition.topic()), partition.partition()))
        .map(row -> ByteBuffer.wrap(row).getLong());
  }

  private ConsumerRecords<byte[], byte[]> poll(
      KafkaConsumer<byte[], byte[]> consumer, Applier applier) {
    try {
      return consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      // Retention was faster: what it took cannot be had any more.
      consumer
          .beginningOffsets(e.partitions(), ANSWER)
          .forEach(
              (partition, first) -> {
                long from = e.offsetOutOfRangePartitions().getOrDefault(partition, first);
                skip(partition, from, first, applier);
                consumer.seek(partition, first);
              });
      return ConsumerRecords.empty();
    }
  }

  /** Marks of transactions have offsets too: brokers that delete one have deleted no record. */
  private void passMarks(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Applier applier) {
    boolean passed = false;
    for (TopicPartition one : partitions) {
      long at = consumer.position(one, ANSWER);
      if (reached(one).orElse(0L) < at) {
        applier.reached(topic(one.topic()), one.partition(), at);
        passed = true;
      }
    }
    if (passed) {
      tell(applier.write());
    }
  }

  private void skip(TopicPartition partition, long from, long first, Applier applier) {
    Topic topic = topic(partition.topic());
    if (topic == Topic.CLOCK_TICKS || first <= from) {
      return;
    }
    LOG.warn(
        "{} records of {} {} were deleted before they were read: alerts may be shown as they were",
        first - from,
        topic.baseName(),
        partition.partition());
    applier.skip(first - from);
    applier.reached(topic, partition.partition(), first);
    tell(applier.write());
  }

  /** What the stream makes a dead letter tells no time. */
  private void tick(ConsumerRecord<byte[], byte[]> record, WireFormat wire) {
    try {
      if (record.value() != null
          && wire.read(Topic.CLOCK_TICKS, record.value()) instanceof Input.OfTick tick
          && tick.tooFarAheadOf(Instant.ofEpochMilli(record.timestamp())).isEmpty()
          && logicalTime.filter(time -> !time.isBefore(tick.time())).isEmpty()) {
        logicalTime = Optional.of(tick.time());
      }
    } catch (PoisonRecordException e) {
      LOG.debug("A tick cannot be read: {}", e.reason());
    }
  }

  private void apply(
      ConsumerRecord<byte[], byte[]> record,
      WireFormat wire,
      OutputReader reader,
      Applier applier) {
    Topic topic = topic(record.topic());
    try {
      if (record.value() == null) {
        forget(record, topic, applier);
      } else {
        read(topic, record, wire, reader, applier);
      }
    } catch (PoisonRecordException e) {
      LOG.error(
          "{} {}@{} cannot be read and is left out: {}",
          topic.baseName(),
          record.partition(),
          record.offset(),
          e.reason());
      applier.leaveOut();
    }
    applier.reached(topic, record.partition(), record.offset() + 1);
  }

  private static void forget(ConsumerRecord<byte[], byte[]> record, Topic topic, Applier applier) {
    if (topic == Topic.PATIENT_PATHWAYS && record.key() != null && record.key().length > 0) {
      applier.forget(
          new PatientId(new String(record.key(), StandardCharsets.UTF_8)), record.timestamp());
    }
  }

  private static void read(
      Topic topic,
      ConsumerRecord<byte[], byte[]> record,
      WireFormat wire,
      OutputReader reader,
      Applier applier)
      throws PoisonRecordException {
    Schema schema = wire.writerSchema(topic, record.value());
    int from = Frames.HEADER_LENGTH;
    int length = record.value().length - from;
    switch (topic) {
      case PATHWAY_EVENTS ->
          applier.event(
              reader.event(schema, record.value(), from, length),
              record.offset(),
              record.timestamp());
      case PATHWAY_ALERTS ->
          applier.alert(
              reader.alert(schema, record.value(), from, length),
              record.offset(),
              record.timestamp());
      default -> {
        Pathway pathway = reader.pathway(schema, record.value(), from, length);
        Encoded rewritten =
            new OutputWriter("", "").pathway(pathway.patientId(), pathway.at(), pathway.state());
        applier.pathway(pathway, rewritten.body(), record.timestamp());
      }
    }
  }

  private void tellOfTime(ConsumerRecords<byte[], byte[]> records) {
    if (caughtUp) {
      long now = clock.millis();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (topic(record.topic()) == Topic.PATHWAY_ALERTS) {
          reading.alertReadable(Duration.ofMillis(now - record.timestamp()));
        }
      }
    }
  }

  private void tell(List<AlertRow> changed) {
    if (!changed.isEmpty()) {
      watchers.forEach(watcher -> watcher.accept(changed));
    }
  }

  private void measure(
      KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, Applier applier) {
    Measured last = measured.get();
    if (last.then.measuredAt().isPresent() && last.age().compareTo(MEASURE_EVERY) < 0) {
      return;
    }
    Instant now = clock.instant();
    long nanos = System.nanoTime();
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
    long records =
        partitions.stream()
            .mapToLong(
                one -> Math.max(0, ends.getOrDefault(one, 0L) - consumer.position(one, ANSWER)))
            .sum();
    caughtUp =
        caughtUp
            || partitions.stream()
                .allMatch(
                    one -> consumer.position(one, ANSWER) >= endsAtFirst.getOrDefault(one, 0L));
    measured.set(
        new Measured(
            new Behind(
                records,
                Optional.of(now),
                Duration.ZERO,
                applier.newest(),
                logicalTime,
                applier.unreadable(),
                applier.skipped(),
                alertsNotRead()),
            nanos));
  }

  private OptionalLong alertsNotRead() {
    if (!caughtUp) {
      return OptionalLong.empty();
    }
    notRead.add(figures.alertsNotRead());
    if (notRead.size() < LOOKS) {
      return OptionalLong.empty();
    }
    long least = Collections.min(notRead);
    notRead.remove();
    if (least > 0 && !warned) {
      warned = true;
      LOG.warn(
          "{} open alerts are in no list: states of patients name them, and their revisions were"
              + " deleted before the read model was made (topics.outputRetention), or erased by a"
              + " null on patient-pathways",
          least);
    }
    return OptionalLong.of(least);
  }

  private Topic topic(String name) {
    return Topic.of(settings.prefix(), name).orElseThrow();
  }

  @Override
  public void close() {
    stop.countDown();
    wake.run(); // it may wait for topics that are not there
    try {
      thread.join(LAST_WAIT);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
