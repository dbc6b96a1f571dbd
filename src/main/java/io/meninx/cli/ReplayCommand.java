package io.meninx.cli;

import io.meninx.fact.PatientId;
import io.meninx.replay.DifferenceFile;
import io.meninx.replay.Histories;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.ReportJson;
import io.meninx.replay.ReportWriter;
import io.meninx.report.HtmlReport;
import io.meninx.service.metrics.ReplayMetrics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: the audit. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Decides everything in the journal again, by the guidelines and settings it was decided by,"
          + " and compares every decision. Verifies the chain of hashes, the numbers of the"
          + " entries, and that every input offset is there once. Writes report.html for people,"
          + " and report.json and diff.jsonl for machines, to the directory of --report.",
      "",
      "With --guideline: what another guideline would have decided on the same history, for whom,"
          + " from when; whatif.jsonl has a line for every patient for whom something changes.",
      "",
      "With --patient and --until: what was known of a patient and decided at that moment,"
          + " printed.",
      "",
      "A topic that has deleted its oldest entries is audited from the first one there is: what"
          + " rests on the missing part is counted apart. With the archive, --from DIR,kafka, all"
          + " of it is audited.",
      "",
      "Exit code 0: all that can be decided again is identical (with --guideline: the comparison"
          + " ran); 1: it is not, or the journal is not whole from entry 0 on."
    })
final class ReplayCommand implements Callable<Integer> {
  /** What goes into a report; another form of it is added here. */
  private static final List<ReportWriter> WRITERS = List.of(new ReportJson(), new HtmlReport());

  /** The files of a report, by name. */
  private static final List<String> FILES =
      List.of(ReportJson.NAME, HtmlReport.NAME, DifferenceFile.NAME, ReportJson.WHAT_IF);

  @Spec private CommandSpec spec;

  @Mixin private JournalArgument journal;

  @Option(
      names = "--guideline",
      paramLabel = "FILE",
      description =
          "decide by this guideline: a file, or the id of one that comes with the program")
  private @Nullable String guideline;

  @Option(names = "--patient", paramLabel = "ID", description = "only this patient")
  private @Nullable String patient;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description =
          "only what was received and decided by then: 2025-03-01T12:00:00Z, or a date, its"
              + " beginning (UTC)")
  private @Nullable String until;

  @Option(names = "--report", paramLabel = "DIR", description = "directory for the report")
  private @Nullable Path report;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description =
          "also writes what came of it for Prometheus: a file for the textfile collector of its"
              + " node exporter, which wants a name that ends in .prom")
  private @Nullable Path metrics;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "partitions at once (default: one for each processor)")
  private @Nullable Integer threads;

  @Override
  public Integer call() {
    Optional<Path> directory = Optional.ofNullable(report);
    boolean asOf = patient != null && until != null;
    if (directory.isEmpty() && !asOf) {
      throw new WrongUseException("--report DIR is missing.");
    }
    if (metrics != null && (guideline != null || patient != null || until != null)) {
      throw new WrongUseException(
          "--metrics tells of an audit of the whole journal: not with --guideline, --patient or"
              + " --until.");
    }
    directory.ifPresent(ReplayCommand::clear);
    ReplayOptions options = options();
    try (JournalArgument.Opened opened = journal.open()) {
      boolean found = !asOf || printed(opened, options);
      boolean same = directory.map(path -> reported(opened, options, path)).orElse(true);
      return found && same ? Meninx.DONE : Meninx.FAILED;
    }
  }

  private ReplayOptions options() {
    int processors = Runtime.getRuntime().availableProcessors();
    ReplayOptions options =
        ReplayOptions.all(Meninx.version())
            .withThreads(Math.max(1, Optional.ofNullable(threads).orElse(processors)));
    if (guideline != null) {
      options = options.withGuideline(EngineOptions.edition(guideline));
    }
    if (patient != null) {
      if (patient.isEmpty()) {
        throw new WrongUseException("--patient: the id is empty.");
      }
      options = options.withPatients(Set.of(new PatientId(patient)));
    }
    return until == null ? options : options.withUntil(TimeArgument.read("--until", until));
  }

  // The report.

  /** A replay that fails must not leave the report of an earlier one behind. */
  private static void clear(Path directory) {
    try {
      for (String name : FILES) {
        Files.deleteIfExists(directory.resolve(name));
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private static WrongUseException unwritable(Path directory, IOException cause) {
    return new WrongUseException("The directory " + directory + " cannot be written.", cause);
  }

  private boolean reported(JournalArgument.Opened opened, ReplayOptions options, Path directory) {
    try {
      Files.createDirectories(directory);
      ReplayResult result = run(opened, options, directory);
      for (ReportWriter writer : WRITERS) {
        writer.write(
            directory,
            result,
            patients ->
                histories(opened, options.withPatients(patients), "entries drawn from")
                    .timelines());
      }
      summary(result, directory);
      writeMetrics(result);
      return result.reproduced() && !result.isAboutNobody();
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  private void writeMetrics(ReplayResult result) {
    if (metrics != null) {
      try {
        ReplayMetrics.write(metrics, result, Clock.systemUTC().instant());
      } catch (IOException e) {
        throw new WrongUseException("The file " + metrics + " cannot be written.", e);
      }
    }
  }

  private ReplayResult run(JournalArgument.Opened opened, ReplayOptions options, Path directory)
      throws IOException {
    try (TerminalProgress progress = progress(opened, "entries replayed");
        DifferenceFile differences = new DifferenceFile(directory)) {
      ReplayResult result = new Replay(opened.source(), options, progress).run(differences::sink);
      differences.finish();
      return result;
    }
  }

  private Histories histories(JournalArgument.Opened opened, ReplayOptions options, String what) {
    try (TerminalProgress progress = progress(opened, what)) {
      return new Replay(opened.source(), options, progress).histories();
    }
  }

  private TerminalProgress progress(JournalArgument.Opened opened, String what) {
    return new TerminalProgress(spec.commandLine().getErr(), what, opened.atMost());
  }

  private void summary(ReplayResult result, Path directory) {
    PrintWriter screen = spec.commandLine().getOut();
    screen.printf(
        "%,d entries about %,d patients in %d partitions%n",
        result.entries(), result.patients(), result.partitions().size());
    result
        .whatIf()
        .ifPresentOrElse(
            other ->
                screen.printf(
                    "%s %s changes something for %,d patients%n",
                    other.guideline().id(), other.guideline().version(), other.patients().size()),
            () ->
                screen.printf(
                    "%,d identical, %,d diverged, %,d differ under another engine version%n",
                    result.identical(), result.diverged(), result.engineChanged()));
    if (result.isAboutNobody()) {
      screen.println("nothing in the journal is about this patient");
    }
    if (result.erased() > 0) {
      screen.printf(
          "%,d entries are erased%s%n",
          result.erased(), result.isAboutNobody() ? "; some may have been about this patient" : "");
    }
    if (result.onErased() > 0) {
      screen.printf(
          "%,d entries rest on erased ones and can't be decided again, of %,d patients%n",
          result.onErased(), result.erasedPatients());
    }
    if (!result.erasuresExplain()) {
      screen.printf("but only %,d were ever erased%n", result.erasures());
    }
    if (result.onMissing() > 0) {
      screen.printf(
          "%,d entries rest on missing ones and can't be decided again, of %,d patients%n",
          result.onMissing(), result.missingPatients());
    }
    screen.println(
        !result.chainsUnbroken()
            ? "the chain is broken:"
            : result.beginsLate()
                ? "the chain is whole from the first entry there is; what is older is missing:"
                : result.entries() == 0
                    ? "the journal is empty: there was nothing to verify"
                    : "the chain is whole");
    result
        .partitions()
        .forEach(
            partition ->
                partition.chain().breaks().stream()
                    .limit(3)
                    .forEach(
                        one ->
                            screen.printf(
                                "  partition %d, entry %d: %s, %s%n",
                                partition.partition(), one.sequence(), one.fault(), one.detail())));
    if (result.whatIf().isEmpty()) {
      firstDifferences(result).forEach(screen::println);
    }
    if (!result.complete()) {
      screen.println(
          "the archive is not finished: an export into it goes on or was interrupted, so partitions"
              + " may be missing or end early; export again");
    }
    screen.println("report in " + directory);
    screen.flush();
  }

  /** Of every partition its first difference, without a patient or a value. */
  private static List<String> firstDifferences(ReplayResult result) {
    return result.partitions().stream()
        .flatMap(partition -> partition.firstDivergence().stream())
        .map(
            one ->
                "first difference: %s, field %s%s"
                    .formatted(
                        one.position(),
                        one.fields().getFirst().field(),
                        one.rule().map(rule -> ", rule " + rule).orElse("")))
        .toList();
  }

  // As of a moment.

  private boolean printed(JournalArgument.Opened opened, ReplayOptions options) {
    Histories found = histories(opened, options, "entries replayed");
    PrintWriter screen = spec.commandLine().getOut();
    if (found.timelines().isEmpty()) {
      screen.println(
          found.reservations().isEmpty()
              ? "Nothing was known of this patient then."
              : "What there is of this journal does not name this patient up to then.");
      found.reservations().forEach(screen::println);
      screen.flush();
      return false;
    }
    AsOf.lines(found.timelines().getFirst(), options.until().orElseThrow())
        .forEach(screen::println);
    screen.flush();
    return true;
  }
}
