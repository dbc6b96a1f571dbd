package io.meninx.service.metrics;

import io.meninx.wire.Failures;
import io.meninx.wire.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AdminClient;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the cluster now and then how long the journal is. */
public final class JournalSize implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSize.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** An older answer says nothing of now. */
  private static final Duration GOOD = Duration.ofMinutes(2);

  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final AdminClient admin;
  private final KafkaClientMetrics clientMetrics;
  private final String topic;
  private final int partitions;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private final LastAnswer records = new LastAnswer(GOOD, System::nanoTime);

  /**
   * Starts asking.
   *
   * @param config of an admin client
   * @param prefix of the topics
   * @param partitions of every topic
   */
  public JournalSize(
      MeterRegistry registry, Map<String, Object> config, String prefix, int partitions) {
    Map<String, Object> own = new HashMap<>(config);
    own.put(
        AdminClientConfig.CLIENT_ID_CONFIG,
        own.getOrDefault(AdminClientConfig.CLIENT_ID_CONFIG, "meninx") + "-journal-size");
    this.admin = AdminClient.create(own);
    this.clientMetrics = new KafkaClientMetrics(admin);
    this.topic = Topic.PATHWAY_JOURNAL.name(prefix);
    this.partitions = partitions;
    this.thread = Thread.ofPlatform().name("journal-size").daemon().unstarted(this::run);
    clientMetrics.bindTo(registry);
    new Meters(registry).gauge(Metric.JOURNAL_RECORDS, records::value);
    thread.start();
  }

  private void run() {
    try {
      do {
        ask(this::length, records);
      } while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** What the cluster is asked. */
  interface Question {
    long answer() throws ExecutionException, InterruptedException, TimeoutException;
  }

  private long length() throws ExecutionException, InterruptedException, TimeoutException {
    return offsets(OffsetSpec.latest()) - offsets(OffsetSpec.earliest());
  }

  /** Whatever goes wrong, it is asked again: thrown on, it would be the last time. */
  static void ask(Question length, LastAnswer records) throws InterruptedException {
    try {
      records.is(length.answer());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.debug("The cluster does not say how long the journal is", e);
    } catch (RuntimeException e) {
      LOG.error("The length of the journal is not known: {}", Failures.told(e));
    }
  }

  private long offsets(OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    Map<TopicPartition, OffsetSpec> asked =
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .collect(Collectors.toMap(Function.identity(), _ -> which));
    return admin
        .listOffsets(asked)
        .all()
        .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  @Override
  public void close() {
    stop.countDown();
    thread.interrupt();
    clientMetrics.close();
    admin.close(LAST_WAIT);
  }
}
