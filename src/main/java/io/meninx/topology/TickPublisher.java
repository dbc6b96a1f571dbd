package io.meninx.topology;

import io.meninx.wire.FactWriter;
import io.meninx.wire.Failures;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.WireFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every partition what time it is, and is the only part of Meninx that asks (invariant 2).
 * Every running instance has one: ticks that tell nothing new are dropped where they are read, and
 * none depends on another instance being there.
 */
public final class TickPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TickPublisher.class);

  /**
   * Looks this often within an interval: so late is a tick at the most, and so soon is a failed one
   * tried again.
   */
  private static final int LOOKS = 12;

  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final Producer<byte[], byte[]> producer;
  private final WireFormat wire;
  private final FactWriter writer = new FactWriter();
  private final Settings settings;
  private final Clock clock;
  private final ScheduledExecutorService thread;
  private Instant last = Instant.MIN;

  /**
   * What to tell whom.
   *
   * @param prefix of the topics
   * @param partitions of {@code clock-ticks}
   * @param interval to which time is truncated; one minute unless configured
   * @param instance who tells it
   */
  public record Settings(String prefix, int partitions, Duration interval, String instance) {
    public Settings {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("tickInterval must be longer than nothing");
      }
    }
  }

  /** Publishes through this producer, which its owner closes. */
  public TickPublisher(
      Producer<byte[], byte[]> producer, WireFormat wire, Settings settings, Clock clock) {
    this.producer = producer;
    this.wire = wire;
    this.settings = settings;
    this.clock = clock;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("meninx-ticks").daemon().unstarted(task));
  }

  /** Starts publishing, at once and then at every interval. */
  public void start() {
    long pause = Math.max(1, settings.interval().toMillis() / LOOKS);
    var _ = thread.scheduleWithFixedDelay(this::publish, 0, pause, TimeUnit.MILLISECONDS);
  }

  /**
   * Publishes the present time if it was not published last; a failure is told and tried again at
   * the next look. A clock that was ahead and is put right is followed at once: what it told before
   * was refused, and a tick that is not newer than the logical time moves nothing.
   */
  synchronized void publish() {
    Instant now = truncated(clock.instant());
    if (now.equals(last)) {
      return;
    }
    try {
      send(now);
      last = now;
    } catch (ExecutionException | KafkaException | RegistryException e) {
      LOG.warn("A tick was not published: {}", e.toString());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Thrown on, it would be the last look: a scheduled task that fails is never run again.
      LOG.error("A tick was not published: {}", Failures.told(e));
    }
  }

  private void send(Instant now) throws ExecutionException, InterruptedException {
    byte[] value = wire.frame(writer.encodeTick(now, settings.instance()));
    String topic = Topic.CLOCK_TICKS.name(settings.prefix());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int partition = 0; partition < settings.partitions(); partition++) {
      sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
    }
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  private Instant truncated(Instant time) {
    long interval = settings.interval().toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), interval) * interval);
  }

  /** Stops publishing. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("The thread that publishes ticks does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
