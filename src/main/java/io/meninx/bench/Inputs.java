package io.meninx.bench;

import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Inputs as they stand in topics, of the mix of {@code simulate}, with ticks in between. */
final class Inputs {
  /** Messages of a patient's story, on average, without those of routine monitoring. */
  private static final double STORY = 60;

  private final FactWriter facts = new FactWriter();
  private final WireFormat wire;
  private final Duration tickEvery;
  private final int partitions;

  /**
   * Of this registry.
   *
   * @param tickEvery simulated time between ticks
   * @param partitions each gets every tick
   */
  Inputs(WireFormat wire, Duration tickEvery, int partitions) {
    this.wire = wire;
    this.tickEvery = tickEvery;
    this.partitions = partitions;
  }

  /**
   * An input.
   *
   * @param topic where to
   * @param partition for ticks
   * @param at simulated record time
   * @param key of a fact
   * @param value framed
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on; nobody compares it.
  record One(
      Topic topic, Optional<Integer> partition, Instant at, Optional<byte[]> key, byte[] value) {}

  /** A population of which so many facts are told of each patient, on average. */
  static Population population(long seed, double factsPerPatient) {
    return new Population(seed, Math.clamp(factsPerPatient - STORY, 0, Population.MOST_EXTRA));
  }

  /** What arrives first, so many facts at the most, and the ticks in between. */
  List<One> take(Iterator<Arrival> arrivals, long facts) {
    List<One> inputs = new ArrayList<>();
    Instant tick = Instant.MIN;
    for (long i = 0; i < facts && arrivals.hasNext(); i++) {
      Arrival arrival = arrivals.next();
      Instant time = truncated(arrival.at());
      if (time.isAfter(tick)) {
        tick = time;
        for (int partition = 0; partition < partitions; partition++) {
          inputs.add(tick(time, partition));
        }
      }
      inputs.add(fact(arrival));
    }
    return inputs;
  }

  private Instant truncated(Instant time) {
    long every = tickEvery.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), every) * every);
  }

  /** A tick. */
  One tick(Instant time, int partition) {
    return new One(
        Topic.CLOCK_TICKS,
        Optional.of(partition),
        time,
        Optional.empty(),
        wire.frame(facts.encodeTick(time, "bench")));
  }

  /** A fact. */
  One fact(Arrival arrival) {
    try {
      Encoded encoded = facts.encode(arrival.fact());
      byte[] key = arrival.fact().header().patientId().value().getBytes(StandardCharsets.UTF_8);
      return new One(
          encoded.topic(), Optional.empty(), arrival.at(), Optional.of(key), wire.frame(encoded));
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("a simulated fact is not well-formed: " + e.field(), e);
    }
  }
}
