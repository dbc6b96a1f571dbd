package io.meninx.topology;

import io.meninx.wire.Topic;
import io.meninx.wire.Topic.Direction;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

/**
 * Topics whose values another Kafka class reads than ours, chosen by name: {@code value.serde} for
 * all topics with events, {@code value.serde.<topic>} for one. The class is a {@link Serde} or a
 * {@link Deserializer} on the class path, for instance {@code
 * io.confluent.kafka.streams.serdes.avro.GenericAvroSerde}; it is handed all settings given here
 * and has to give Avro records, generic or generated, whose schema fits the topic's.
 *
 * <p>Ticks and outputs stay ours: a tick is written by this engine, and outputs are chained, read
 * and replayed as bytes. Both are byte for byte what Confluent's serializer would write.
 */
public final class ForeignSerdes {
  /** A class for all topics with events; with a dot and a topic's name behind it for that one. */
  public static final String SETTING = "value.serde";

  /** Every value is read by our own class. */
  public static final ForeignSerdes NONE = new ForeignSerdes(Map.of(), Map.of());

  private final Map<Topic, String> classes;
  private final Map<String, String> settings;

  private ForeignSerdes(Map<Topic, String> classes, Map<String, String> settings) {
    this.classes = Map.copyOf(classes);
    this.settings = Map.copyOf(settings);
  }

  /**
   * Reads settings; those with another name are for the classes.
   *
   * @throws IllegalArgumentException a name that is no topic with events, or a class that is not
   *     there, can't be made or does not take the settings
   */
  public static ForeignSerdes from(Map<String, String> settings) {
    Map<Topic, String> classes = new EnumMap<>(Topic.class);
    Optional.ofNullable(settings.get(SETTING))
        .ifPresent(name -> Topic.inputs().forEach(topic -> classes.put(topic, name)));
    classes.remove(Topic.CLOCK_TICKS);
    settings.forEach(
        (name, value) -> {
          if (name.startsWith(SETTING + ".")) {
            classes.put(topic(name), value);
          }
        });
    ForeignSerdes serdes = new ForeignSerdes(classes, settings);
    Set.copyOf(serdes.open().values()).forEach(Deserializer::close);
    return serdes;
  }

  private static Topic topic(String setting) {
    return Topic.of("", setting.substring(SETTING.length() + 1))
        .filter(topic -> topic.direction() == Direction.INPUT && topic != Topic.CLOCK_TICKS)
        .orElseThrow(
            () -> new IllegalArgumentException(setting + " does not name a topic with events"));
  }

  /** New instances, one of each class, configured; their caller closes them. */
  Map<Topic, Deserializer<?>> open() {
    Map<String, Deserializer<?>> instances = new HashMap<>();
    Map<Topic, Deserializer<?>> opened = new EnumMap<>(Topic.class);
    classes.forEach(
        (topic, name) -> opened.put(topic, instances.computeIfAbsent(name, this::open)));
    return opened;
  }

  private Deserializer<?> open(String name) {
    try {
      Deserializer<?> deserializer = deserializer(name, Utils.newInstance(name, Object.class));
      deserializer.configure(settings, false);
      return deserializer;
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          SETTING + ": there is no class " + name + " on the class path", e);
    } catch (KafkaException e) {
      throw new IllegalArgumentException(
          SETTING + ": " + name + " does not take its settings: " + unquoted(e));
    }
  }

  /** What a class says of its settings, unless it quotes one: that may be a secret. */
  private String unquoted(KafkaException e) {
    String message = String.valueOf(e.getMessage());
    return settings.values().stream().anyMatch(value -> quotes(message, value))
        ? e.getClass().getSimpleName()
        : message;
  }

  private static boolean quotes(String message, String value) {
    return !value.isBlank() && message.contains(value);
  }

  /** A serde is configured with its deserializer, which is all of it that is used. */
  private static Deserializer<?> deserializer(String name, Object made) {
    return switch (made) {
      case Serde<?> serde -> new OfSerde<>(serde);
      case Deserializer<?> deserializer -> deserializer;
      default ->
          throw new IllegalArgumentException(
              SETTING + ": " + name + " is neither a Serde nor a Deserializer");
    };
  }

  private record OfSerde<T>(Serde<T> serde) implements Deserializer<T> {
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      serde.configure(configs, isKey);
    }

    @Override
    public T deserialize(String topic, byte[] data) {
      return serde.deserializer().deserialize(topic, data);
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] data) {
      return serde.deserializer().deserialize(topic, headers, data);
    }

    @Override
    public void close() {
      serde.close();
    }
  }

  /** Names no value: settings may be secrets. */
  @Override
  public String toString() {
    return "ForeignSerdes" + classes;
  }
}
