package io.meninx.faults;

import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.SchemaCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * What is sent: a simulated population's messages with a tick of the clock between them, the same
 * for the same seed, each message to the same topic and partition in the same order. With it go
 * what feeds do: ticks that come twice, garbage, and every now and then a schema nobody saw before.
 *
 * @param partitions of every topic
 * @param steps in order; each ends with a tick
 * @param last the last tick
 */
record Traffic(int partitions, List<Step> steps, Instant last) {
  /**
   * Nothing later is sent: an observation from the future would be flagged or not by the date of
   * the test.
   */
  private static final Instant LIMIT = Instant.parse("2025-12-31T00:00:00Z");

  private static final Duration CALM_AT_THE_END = Duration.ofDays(45);
  private static final int GARBAGE_EVERY = 41;
  private static final int DOUBLE_TICK_EVERY = 5;
  private static final int NEW_SCHEMA_EVERY = 10;

  Traffic {
    steps = List.copyOf(steps);
  }

  /**
   * A message.
   *
   * @param topic it goes to
   * @param partition it goes to
   * @param key raw
   * @param value framed
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
  record Message(Topic topic, int partition, byte @Nullable [] key, byte[] value) {}

  /**
   * Messages that are sent together.
   *
   * @param messages in order
   */
  record Step(List<Message> messages) {
    Step {
      messages = List.copyOf(messages);
    }
  }

  /** How many messages there are. */
  int size() {
    return steps.stream().mapToInt(step -> step.messages().size()).sum();
  }

  /**
   * Makes it.
   *
   * @param seed of the population
   * @param patients how many
   * @param tick simulated time between two ticks
   * @param catalog that gets the schemas
   * @param prefixes of the topics it is sent to; a schema has the same id under all of them
   */
  static Traffic of(
      long seed,
      int patients,
      int partitions,
      Duration tick,
      SchemaCatalog catalog,
      List<String> prefixes) {
    Making making = new Making(partitions, catalog, prefixes);
    Iterator<Arrival> arrivals = new Population(seed).arrivals(patients);
    Optional<Arrival> next = Optional.of(arrivals.next());
    Instant time = Population.FIRST;
    Instant last = LIMIT;
    while (time.isBefore(last)) {
      time = time.plus(tick);
      while (next.isPresent() && next.get().at().isBefore(time) && time.isBefore(LIMIT)) {
        making.fact(next.get());
        next = arrivals.hasNext() ? Optional.of(arrivals.next()) : Optional.empty();
      }
      making.tick(time);
      if (next.isEmpty() && last.equals(LIMIT)) {
        last = time.plus(CALM_AT_THE_END);
      }
    }
    return new Traffic(partitions, making.steps, time);
  }

  /** Traffic in the making. */
  private static final class Making {
    private final int partitions;
    private final SchemaCatalog catalog;
    private final List<String> prefixes;
    private final FactWriter writer = new FactWriter();
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private List<Message> messages = new ArrayList<>();
    private int facts;

    Making(int partitions, SchemaCatalog catalog, List<String> prefixes) {
      this.partitions = partitions;
      this.catalog = catalog;
      this.prefixes = prefixes;
    }

    void fact(Arrival arrival) {
      byte[] key = arrival.fact().header().patientId().value().getBytes(StandardCharsets.UTF_8);
      int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
      try {
        Encoded encoded = writer.encode(arrival.fact());
        messages.add(new Message(encoded.topic(), partition, key, framed(encoded)));
      } catch (PoisonRecordException e) {
        throw new IllegalStateException(e);
      }
      if (++facts % GARBAGE_EVERY == 0) {
        byte[] garbage = ("garbage " + facts).getBytes(StandardCharsets.UTF_8);
        Topic topic = Topic.inputs().get(facts % Topic.inputs().size());
        messages.add(new Message(topic, facts % partitions, null, garbage));
      }
    }

    void tick(Instant time) {
      int times = steps.size() % DOUBLE_TICK_EVERY == 0 ? 2 : 1;
      for (int i = 0; i < times; i++) {
        byte[] value = framed(writer.encodeTick(time, "harness-" + i));
        for (int partition = 0; partition < partitions; partition++) {
          messages.add(new Message(Topic.CLOCK_TICKS, partition, null, value));
        }
      }
      steps.add(new Step(messages));
      messages = new ArrayList<>();
    }

    /** Ticks get a new schema every now and then: the same fields with another doc. */
    private byte[] framed(Encoded encoded) {
      int edition = steps.size() / NEW_SCHEMA_EVERY;
      boolean renewed = encoded.topic() == Topic.CLOCK_TICKS && edition > 0;
      Schema schema = renewed ? edition(encoded.schema(), edition) : encoded.schema();
      int id =
          ids.computeIfAbsent(
              encoded.topic() + " " + (renewed ? edition : 0),
              _ -> registered(encoded.topic(), schema));
      return Frames.frame(id, encoded.body());
    }

    private int registered(Topic topic, Schema schema) {
      return prefixes.stream()
          .mapToInt(prefix -> catalog.register(topic.subject(prefix), schema).id())
          .reduce((_, id) -> id)
          .orElseThrow();
    }

    private static Schema edition(Schema schema, int edition) {
      Schema renewed =
          Schema.createRecord(
              schema.getName(), "Edition " + edition, schema.getNamespace(), schema.isError());
      renewed.setFields(
          schema.getFields().stream()
              .map(field -> new Schema.Field(field, field.schema()))
              .toList());
      return renewed;
    }
  }
}
