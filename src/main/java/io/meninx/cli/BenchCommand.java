package io.meninx.cli;

import io.meninx.bench.Bench;
import io.meninx.bench.BenchReport;
import io.meninx.bench.Comparison;
import io.meninx.bench.Plan;
import io.meninx.bench.RowResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast it is on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Meninx on this machine and prints one table: for every figure the median and the"
          + " spread over the rounds, the bar it is held against, and what the time goes to. Bars"
          + " are ratios of two things measured one after the other in the same round.",
      "",
      "Rows: e2e, latency, decide, tick, replay, restore, bytes, start (default: all).",
      "",
      "With --against: measures another build and this one in turn, in JVMs of their own and short,"
          + " and compares. Exit code 1: something is worse by more than 15 %% and worse than in"
          + " any round of the other."
    })
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private EngineOptions engine;

  @Parameters(paramLabel = "ROW", arity = "0..*", description = "rows to measure (default: all)")
  private List<String> rows = List.of();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "rounds of every row, after one that is not counted (default: ${DEFAULT-VALUE})")
  private int rounds;

  @Option(names = "--quick", description = "smaller sizes: coarser figures in less time")
  private boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "write the figures to this file too")
  private @Nullable Path json;

  @Option(
      names = "--against",
      paramLabel = "JAR",
      description = "compare with this jar of an earlier release; rows: " + COMPARED_BY_DEFAULT)
  private @Nullable Path against;

  /** Short enough to be run before every release. */
  private static final String COMPARED_BY_DEFAULT = "e2e, decide, tick, replay, bytes";

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new WrongUseException("--rounds must be 1 or more.");
    }
    for (String row : rows) {
      if (!Bench.names().contains(row)) {
        throw new WrongUseException(
            row + " is no row; there are " + String.join(", ", Bench.names()) + ".");
      }
    }
    EmbeddedBroker.require("bench");
    if (against != null) {
      return compare(against);
    }
    PrintWriter err = spec.commandLine().getErr();
    Plan plan = new Plan(rounds, quick, engine.pathwayEngine(), Meninx.version(), err::println);
    PrintWriter screen = spec.commandLine().getOut();
    BenchReport.head(Meninx.version(), rounds, quick).forEach(screen::println);
    List<RowResult> measured = Bench.measure(rows, plan, row -> print(row, screen));
    if (json != null) {
      write(new BenchReport(Meninx.version(), rounds, quick, measured), json);
    }
    return Meninx.DONE;
  }

  private static void print(RowResult row, PrintWriter screen) {
    BenchReport.lines(row).forEach(screen::println);
    screen.flush();
  }

  private int compare(Path earlier) throws InterruptedException {
    if (!Files.isRegularFile(earlier)) {
      throw new WrongUseException("--against: there is no file " + earlier + ".");
    }
    List<String> compared =
        rows.isEmpty() ? List.of(COMPARED_BY_DEFAULT.split(", ")) : List.copyOf(rows);
    Comparison comparison =
        new Comparison(
            earlier,
            Path.of(System.getProperty("java.class.path")),
            spec.commandLine().getErr()::println);
    try {
      List<Comparison.Change> changes = comparison.measure(compared, rounds);
      PrintWriter screen = spec.commandLine().getOut();
      changes.forEach(change -> screen.println(change.line()));
      screen.flush();
      return changes.stream().anyMatch(Comparison.Change::isRegression)
          ? Meninx.FAILED
          : Meninx.DONE;
    } catch (IOException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void write(BenchReport report, Path file) {
    try {
      report.write(file);
    } catch (IOException e) {
      throw new WrongUseException("The file " + file + " cannot be written.", e);
    }
  }
}
