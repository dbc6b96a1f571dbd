package io.meninx.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.meninx.burden.Burden;
import io.meninx.burden.Burden.Cause;
import io.meninx.burden.BurdenMeter;
import io.meninx.burden.BurdenMeter.Received;
import io.meninx.casefile.CaseFile;
import io.meninx.casefile.PublishedCases;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulatedPatient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code burden}: how many notifications people would get. */
@Command(
    name = "burden",
    mixinStandardHelpOptions = true,
    description = {
      "Counts the notifications that people would get, per patient and day: for the published"
          + " cases, for the cases of --cases, and for a simulated population.",
      "",
      "A notification is a revision of an alert with notify true; those that take an alert back are"
          + " counted apart. Nobody answers but those whose answers are in the cases, or simulated"
          + " without looking at the alerts; with --answered-after somebody acknowledges every"
          + " alert so many minutes after it notified."
    })
final class BurdenCommand implements Callable<Integer> {
  private static final int MOST_MINUTES = 7 * 24 * 60;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cases",
      arity = "1..*",
      paramLabel = "PATH",
      description = "case files, or directories of *.json files, beside the published ones")
  private List<Path> paths = List.of();

  @Option(
      names = "--patients",
      paramLabel = "N",
      defaultValue = "1000",
      description = "simulated patients, 0 for none (default: ${DEFAULT-VALUE})")
  private long patients;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "of the simulated population (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--debounce",
      paramLabel = "MINUTES",
      defaultValue = "10",
      description =
          "delay of notifications that are not STAT (default: ${DEFAULT-VALUE}, as in a"
              + " deployment)")
  private int debounce;

  @Option(
      names = "--answered-after",
      paramLabel = "MINUTES",
      description = "somebody acknowledges every alert so long after it notified")
  private @Nullable Integer answeredAfter;

  @Option(
      names = "--guideline",
      paramLabel = "FILE",
      description = "guideline: a file, or the id of one that comes with the program")
  private @Nullable String guideline;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "also write the numbers there, as JSON")
  private @Nullable Path json;

  @Override
  public Integer call() {
    check("--debounce", debounce);
    Optional.ofNullable(answeredAfter).ifPresent(value -> check("--answered-after", value));
    if (patients < 0 || patients > 1_000_000) {
      throw new WrongUseException("--patients must be from 0 to 1000000.");
    }
    List<CaseFile> given = CaseArguments.read(paths);
    Guideline edition = EngineOptions.edition(guideline);
    PathwayEngine engine =
        new PathwayEngine(edition, EngineSettings.withDebounce(Duration.ofMinutes(debounce)));
    List<Burden> burdens = new ArrayList<>();
    burdens.add(ofCases("published cases", engine, PublishedCases.all()));
    if (!given.isEmpty()) {
      burdens.add(ofCases("given cases", engine, given));
    }
    if (patients > 0) {
      burdens.add(ofPopulation(engine));
    }
    PrintWriter screen = spec.commandLine().getOut();
    burdens.forEach(burden -> print(burden, screen));
    screen.flush();
    Optional.ofNullable(json).ifPresent(file -> write(file, edition, burdens));
    return Meninx.DONE;
  }

  private static void check(String option, int minutes) {
    if (minutes < 0 || minutes > MOST_MINUTES) {
      throw new WrongUseException(option + " must be from 0 to " + MOST_MINUTES + " minutes.");
    }
  }

  private BurdenMeter meter(String source, PathwayEngine engine) {
    return new BurdenMeter(
        source, engine, Optional.ofNullable(answeredAfter).map(Duration::ofMinutes));
  }

  private Burden ofCases(String source, PathwayEngine engine, List<CaseFile> cases) {
    BurdenMeter meter = meter(source, engine);
    for (CaseFile file : cases) {
      meter.patient(
          file.patientId(),
          file.arrivals().stream().map(it -> new Received(it.at(), it.fact())).toList(),
          file.end());
    }
    return meter.burden();
  }

  private Burden ofPopulation(PathwayEngine engine) {
    BurdenMeter meter = meter("simulated patients", engine);
    Population population = new Population(seed);
    for (long index = 0; index < patients; index++) {
      SimulatedPatient patient = population.patient(index);
      meter.patient(
          patient.patientId(),
          patient.arrivals().stream().map(it -> new Received(it.at(), it.fact())).toList(),
          patient.end());
    }
    return meter.burden();
  }

  // ------------------------------------------------------------------ screen

  private static void print(Burden burden, PrintWriter out) {
    out.printf(
        "%n%d %s, %d patient-days: %d notifications (%.3f a patient and day), %d taken back%n",
        burden.patients(),
        burden.source(),
        burden.patientDays(),
        burden.notifications(),
        burden.perPatientDay(),
        burden.retractions());
    out.printf(
        "first %d, new stage or priority %d, escalation %d, reopened %d%n",
        burden.notifications(Cause.FIRST),
        burden.notifications(Cause.STAGE),
        burden.notifications(Cause.ESCALATION),
        burden.notifications(Cause.REOPENED));
    out.printf(
        "most in any 24 hours, by patient: median %d, p90 %d, max %d%n",
        burden.peaks().median(), burden.peaks().p90(), burden.peaks().max());
    out.printf(
        "most in any 24 hours that one role gets about a patient: median %d, p90 %d, max %d%n%n",
        burden.rolePeaks().median(), burden.rolePeaks().p90(), burden.rolePeaks().max());
    out.printf(
        "%-38s %-8s %7s %7s %7s %7s %7s %7s %8s%n",
        "code", "priority", "notify", "first", "stage", "escal.", "reopen", "retract", "patients");
    for (Burden.Line line : burden.lines()) {
      out.printf(
          "%-38s %-8s %7d %7d %7d %7d %7d %7d %8d%n",
          line.code(),
          line.priority(),
          line.notifications(),
          line.byCause().get(Cause.FIRST),
          line.byCause().get(Cause.STAGE),
          line.byCause().get(Cause.ESCALATION),
          line.byCause().get(Cause.REOPENED),
          line.retractions(),
          line.patients());
    }
    out.printf(
        "%n%-20s %7s %7s %8s  %s%n",
        "role", "notify", "retract", "patients", "most in any 24 hours: median, p90, max");
    for (Burden.Role role : burden.roles()) {
      out.printf(
          "%-20s %7d %7d %8d  %d, %d, %d%n",
          role.role(),
          role.notifications(),
          role.retractions(),
          role.patients(),
          role.peaks().median(),
          role.peaks().p90(),
          role.peaks().max());
    }
    out.println();
    for (Burden.Worst worst : burden.worst()) {
      out.printf(
          "%s: %d in the 24 hours from %s, %d in all: %s%n",
          worst.patient(),
          worst.peak(),
          worst.from(),
          worst.total(),
          worst.during().entrySet().stream()
              .map(entry -> entry.getValue() + " " + entry.getKey())
              .collect(Collectors.joining(", ")));
    }
  }

  // ------------------------------------------------------------------ file

  private void write(Path file, Guideline edition, List<Burden> burdens) {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator to = new JsonFactory().createGenerator(out)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      to.setPrettyPrinter(
          new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
      to.writeStartObject();
      to.writeObjectFieldStart("guideline");
      to.writeStringField("id", edition.id());
      to.writeStringField("version", edition.version());
      to.writeStringField("hash", edition.hash());
      to.writeEndObject();
      to.writeNumberField("debounceMinutes", debounce);
      if (answeredAfter == null) {
        to.writeNullField("answeredAfterMinutes");
      } else {
        to.writeNumberField("answeredAfterMinutes", answeredAfter);
      }
      to.writeArrayFieldStart("sources");
      for (Burden burden : burdens) {
        write(to, burden);
      }
      to.writeEndArray();
      to.writeEndObject();
      to.writeRaw('\n');
    } catch (IOException e) {
      throw new WrongUseException("--json: the file " + file + " cannot be written.", e);
    }
  }

  private static void write(JsonGenerator to, String name, Burden.Peaks peaks) throws IOException {
    to.writeObjectFieldStart(name);
    to.writeNumberField("median", peaks.median());
    to.writeNumberField("p90", peaks.p90());
    to.writeNumberField("max", peaks.max());
    to.writeEndObject();
  }

  private static void write(JsonGenerator to, Burden burden) throws IOException {
    to.writeStartObject();
    to.writeStringField("source", burden.source());
    to.writeNumberField("patients", burden.patients());
    to.writeNumberField("patientDays", burden.patientDays());
    to.writeNumberField("notifications", burden.notifications());
    to.writeNumberField("retractions", burden.retractions());
    to.writeNumberField("perPatientDay", burden.perPatientDay());
    write(to, "mostIn24Hours", burden.peaks());
    write(to, "mostIn24HoursOfOneRole", burden.rolePeaks());
    to.writeArrayFieldStart("lines");
    for (Burden.Line line : burden.lines()) {
      to.writeStartObject();
      to.writeStringField("code", line.code().name());
      to.writeStringField("priority", line.priority().name());
      to.writeNumberField("notifications", line.notifications());
      to.writeObjectFieldStart("byCause");
      for (Cause cause : Cause.values()) {
        to.writeNumberField(cause.name(), line.byCause().getOrDefault(cause, 0L));
      }
      to.writeEndObject();
      to.writeNumberField("patients", line.patients());
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeArrayFieldStart("roles");
    for (Burden.Role role : burden.roles()) {
      to.writeStartObject();
      to.writeStringField("role", role.role().name());
      to.writeNumberField("notifications", role.notifications());
      to.writeNumberField("retractions", role.retractions());
      to.writeNumberField("patients", role.patients());
      write(to, "mostIn24Hours", role.peaks());
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeArrayFieldStart("worst");
    for (Burden.Worst worst : burden.worst()) {
      to.writeStartObject();
      to.writeStringField("patient", worst.patient());
      to.writeNumberField("peak", worst.peak());
      to.writeStringField("from", worst.from().toString());
      to.writeObjectFieldStart("during");
      for (var entry : worst.during().entrySet()) {
        to.writeNumberField(entry.getKey().name(), entry.getValue());
      }
      to.writeEndObject();
      to.writeNumberField("total", worst.total());
      to.writeEndObject();
    }
    to.writeEndArray();
    to.writeEndObject();
  }
}
