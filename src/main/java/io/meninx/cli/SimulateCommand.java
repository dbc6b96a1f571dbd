package io.meninx.cli;

import io.meninx.simulate.Population;
import io.meninx.simulate.SimulationWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
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
      "Writing to Kafka is not there yet: '--to kafka' is refused."
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
      paramLabel = "DIR",
      description = "directory; made when it is not there")
  private Path to;

  @Override
  public Integer call() {
    if (patients < 0) {
      throw new WrongUseException("--patients must be 0 or more.");
    }
    if (events != null && events < 0) {
      throw new WrongUseException("--events must be 0 or more.");
    }
    if (to.toString().equals("kafka")) {
      throw new WrongUseException("--to kafka is not there yet: name a directory.");
    }
    OptionalLong limit = events == null ? OptionalLong.empty() : OptionalLong.of(events);
    long written = write(new Population(seed, extra(limit)), limit.orElse(Long.MAX_VALUE));
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

  private long write(Population population, long atMost) {
    try (SimulationWriter writer = new SimulationWriter(to, seed)) {
      long written = writer.write(population.arrivals(patients), atMost);
      writer.finish(patients);
      return written;
    } catch (IOException e) {
      throw new WrongUseException("The directory " + to + " cannot be written.", e);
    }
  }
}
