package io.meninx.simulate;

import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends arrivals to the input topics of a cluster, in order, with ticks in between that tell the
 * simulated time. What was sent before a tick is written before it, and what comes after it is
 * written after it, so that decisions are made at about the simulated time; between topics Kafka
 * promises no order. The brokers' record times are those of the real clock, so a tick is never
 * ahead of its record time as long as the simulated time is not: it stops before that.
 */
public final class SimulationSender {
  private static final String INSTANCE = "simulate";

  private final Producer<byte[], byte[]> producer;
  private final WireFormat wire;
  private final Pace pace;
  private final Clock clock;
  private final FactWriter facts = new FactWriter();
  private final AtomicReference<Optional<Exception>> failure =
      new AtomicReference<>(Optional.empty());

  /**
   * Where to, and how fast.
   *
   * @param prefix of the topics
   * @param partitions of {@code clock-ticks}
   * @param rate messages a second, ticks not counted; as fast as they are taken when absent
   * @param tickEvery simulated time to which ticks are truncated; none are sent when absent
   */
  public record Pace(
      String prefix, int partitions, OptionalInt rate, Optional<Duration> tickEvery) {}

  /** Sends through this producer, which its owner closes. */
  public SimulationSender(
      Producer<byte[], byte[]> producer, WireFormat wire, Pace pace, Clock clock) {
    this.producer = producer;
    this.wire = wire;
    this.pace = pace;
    this.clock = clock;
  }

  /**
   * Sends what arrives, up to a number of messages, and a last tick.
   *
   * @return how many messages were sent and are written
   * @throws IllegalStateException the simulated time would be ahead of the clock, or the cluster
   *     does not take a message
   */
  public long send(Iterator<Arrival> arrivals, long atMost) {
    long start = System.nanoTime();
    long sent = 0;
    Instant told = Instant.MIN;
    Instant last = Instant.MIN;
    while (sent < atMost && arrivals.hasNext()) {
      Arrival arrival = arrivals.next();
      last = arrival.at();
      Instant time = truncated(last);
      if (pace.tickEvery().isPresent() && time.isAfter(told)) {
        tick(time);
        told = time;
      }
      keepPace(start, sent);
      send(encoded(arrival), Optional.of(arrival), Optional.empty());
      throwIfFailed();
      sent++;
    }
    producer.flush();
    if (pace.tickEvery().isPresent() && sent > 0) {
      tick(last);
    }
    throwIfFailed();
    return sent;
  }

  private void tick(Instant time) {
    if (time.isAfter(clock.instant())) {
      throw new IllegalStateException(
          "the simulated time has come to the present, "
              + time
              + ": ticks must not be ahead of the clock; simulate fewer patients");
    }
    producer.flush();
    throwIfFailed();
    Encoded tick = facts.encodeTick(time, INSTANCE);
    for (int partition = 0; partition < pace.partitions(); partition++) {
      send(tick, Optional.empty(), Optional.of(partition));
      throwIfFailed();
    }
    producer.flush();
  }

  private Encoded encoded(Arrival arrival) {
    try {
      return facts.encode(arrival.fact());
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("a simulated fact is not well-formed: " + e.field(), e);
    }
  }

  /** Facts go where their key says, by Kafka's own partitioner, which is that of the contract. */
  @SuppressWarnings("NullAway") // A record without a partition or a key has null there.
  private void send(Encoded encoded, Optional<Arrival> of, Optional<Integer> partition) {
    byte[] key =
        of.map(arrival -> arrival.fact().header().patientId().value())
            .map(id -> id.getBytes(StandardCharsets.UTF_8))
            .orElse(null);
    var _ =
        producer.send(
            new ProducerRecord<>(
                encoded.topic().name(pace.prefix()),
                partition.orElse(null),
                key,
                wire.frame(encoded)),
            (_, error) -> {
              if (error != null) {
                failure.compareAndSet(Optional.empty(), Optional.of(error));
              }
            });
  }

  private Instant truncated(Instant time) {
    long every = pace.tickEvery().map(Duration::toMillis).orElse(1L);
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), every) * every);
  }

  private void keepPace(long start, long sent) {
    if (pace.rate().isPresent()) {
      long due = start + sent * TimeUnit.SECONDS.toNanos(1) / pace.rate().getAsInt();
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
    }
  }

  private void throwIfFailed() {
    failure
        .get()
        .ifPresent(
            error -> {
              throw new IllegalStateException(
                  "the cluster does not take a message: " + error.getClass().getSimpleName(),
                  error);
            });
  }
}
