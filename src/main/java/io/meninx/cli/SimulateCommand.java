package io.meninx.cli;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulationSender;
import io.meninx.simulate.SimulationTopics;
import io.meninx.simulate.SimulationWriter;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: the messages about a synthetic population. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the messages about a synthetic population: the published frequencies of findings,"
          + " and the faults of real messages (duplicates, amendments, late and withdrawn"
          + " results). The same seed gives the same bytes. No patient in it is a real one.",
      "",
      "DIR gets, for each input topic, an Avro object container file of its values in the order"
          + " of arrival; arrivals.avro, the time and topic of every arrival in the order over all"
          + " topics; and manifest.json, written last, with counts and SHA-256 digests.",
      "",
      "'--to kafka' sends the messages to the input topics of a cluster instead, with ticks that"
          + " tell the simulated time, as long as that is not ahead of the clock. The service that"
          + " decides them needs 'ticks: false' in its settings: the present time would make"
          + " everything simulated overdue."
    })
final class SimulateCommand implements Callable<Integer> {
  /** Messages of a patient's story on average, measured; see SimulateCommandTest. */
  static final double MESSAGES_A_PATIENT = 60;

  /** More is asked for than needed, since the average is not exact: the rest is cut off. */
  private static final double MARGIN = 1.1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--patients",
      paramLabel = "N",
      defaultValue = "1000",
      description = "number of patients (default: ${DEFAULT-VALUE})")
  private long patients;

  @Option(
      names = "--events",
      paramLabel = "N",
      description =
          "stop after so many messages; when the patients' stories have fewer, values of routine"
              + " monitoring are added (default: the stories alone, about 60 messages a patient)")
  private @Nullable Long events;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "any whole number (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "kafka|DIR",
      description = "a cluster; or a directory, made when it is not there (./kafka is one)")
  private String to;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the service, for '--to kafka'")
  private @Nullable Path config;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "messages a second to Kafka (default: as fast as it takes them)")
  private @Nullable Integer rate;

  @Option(
      names = "--tick-every",
      paramLabel = "MINUTES",
      defaultValue = "60",
      description =
          "simulated time between ticks to Kafka; 0 sends none (default: ${DEFAULT-VALUE})")
  private int tickMinutes;

  @Override
  public Integer call() {
    if (patients < 0) {
      throw new WrongUseException("--patients must be 0 or more.");
    }
    if (events != null && events < 0) {
      throw new WrongUseException("--events must be 0 or more.");
    }
    if (rate != null && rate < 1) {
      throw new WrongUseException("--rate must be 1 or more.");
    }
    if (tickMinutes < 0) {
      throw new WrongUseException("--tick-every must be 0 or more minutes.");
    }
    OptionalLong limit = events == null ? OptionalLong.empty() : OptionalLong.of(events);
    Population population = new Population(seed, extra(limit));
    long atMost = limit.orElse(Long.MAX_VALUE);
    long written = to.equals("kafka") ? send(population, atMost) : write(population, atMost);
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(written + " messages about " + patients + " patients in " + to);
    limit.ifPresent(
        wanted -> {
          if (written < wanted) {
            screen.println("fewer than the " + wanted + " asked for: there are no more");
          }
        });
    screen.flush();
    return Meninx.DONE;
  }

  private double extra(OptionalLong limit) {
    if (limit.isEmpty() || patients == 0) {
      return 0;
    }
    double each = (double) limit.getAsLong() / patients;
    double extra = Math.max(0, each * MARGIN - MESSAGES_A_PATIENT);
    if (extra > Population.MOST_EXTRA) {
      throw new WrongUseException(
          "--events: more than " + (long) Population.MOST_EXTRA + " messages a patient.");
    }
    return extra;
  }

  private long send(Population population, long atMost) {
    if (config == null) {
      throw new WrongUseException("--to kafka needs --config.");
    }
    ServiceSettings settings = ConfigOption.settings(config, System.getenv());
    requireTopics(settings);
    try (RegistryClient registry = settings.registryClient();
        KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(
                settings.producer(), new ByteArraySerializer(), new ByteArraySerializer())) {
      SimulationSender sender =
          new SimulationSender(
              producer,
              new WireFormat(registry, settings.prefix()),
              new SimulationSender.Pace(
                  settings.prefix(),
                  settings.partitions(),
                  rate == null ? OptionalInt.empty() : OptionalInt.of(rate),
                  tickMinutes == 0
                      ? Optional.empty()
                      : Optional.of(Duration.ofMinutes(tickMinutes))),
              Clock.systemUTC());
      return sender.send(population.arrivals(patients), atMost);
    }
  }

  private static void requireTopics(ServiceSettings settings) {
    Map<String, Object> config = new HashMap<>(settings.consumer());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      SimulationTopics.require(consumer, settings.prefix(), settings.partitions());
    }
  }

  private void requireNothingForeign(Path directory) {
    try {
      SimulationWriter.foreign(directory)
          .ifPresent(
              name -> {
                throw new WrongUseException(
                    "--to: "
                        + directory
                        + " holds "
                        + name
                        + ", which is not of a simulation: 'simulate' would destroy it. Give a"
                        + " directory of its own.");
              });
    } catch (IOException e) {
      throw new WrongUseException("The directory " + directory + " cannot be read.", e);
    }
  }

  private long write(Population population, long atMost) {
    requireNothingForeign(Path.of(to));
    try (SimulationWriter writer = new SimulationWriter(Path.of(to), seed)) {
      long written = writer.write(population.arrivals(patients), atMost);
      writer.finish(patients);
      return written;
    } catch (IOException e) {
      throw new WrongUseException("The directory " + to + " cannot be written.", e);
    }
  }
}
