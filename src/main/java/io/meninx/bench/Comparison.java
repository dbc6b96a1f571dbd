package io.meninx.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Measures two builds of Meninx in turn, each in JVMs of its own on the same machine, and says
 * where one is slower, or writes more, than the other.
 */
public final class Comparison {
  /** A median that is worse by more than this, and worse than every round of the other, counts. */
  private static final double TOLERANCE = 0.15;

  /** Units of which more is better; of all others less is. */
  private static final Set<String> RATES = Set.of("inputs/s", "entries/s", "rows/s", "1/s");

  private final Path earlier;
  private final Path today;
  private final Consumer<String> progress;

  /**
   * Of two builds.
   *
   * @param earlier jar, with its libraries where its manifest says
   * @param today jar, or class path
   * @param progress is told in a line what is being done
   */
  public Comparison(Path earlier, Path today, Consumer<String> progress) {
    this.earlier = earlier;
    this.today = today;
    this.progress = progress;
  }

  /**
   * A figure of both.
   *
   * @param row it is in
   * @param before of the earlier build
   * @param after of today's
   */
  public record Change(String row, Figure before, Figure after) {
    /** By how much the median is worse, as a share; negative when it is better. */
    public double worseBy() {
      double ratio = after.median() / before.median();
      return moreIsBetter() ? 1 / ratio - 1 : ratio - 1;
    }

    /** Whether it is worse beyond what the rounds scatter. */
    public boolean isRegression() {
      boolean outside =
          moreIsBetter() ? after.median() < before.least() : after.median() > before.most();
      return outside && worseBy() > TOLERANCE;
    }

    private boolean moreIsBetter() {
      return after
          .bar()
          .map(bar -> bar.kind() == Bar.Kind.AT_LEAST)
          .orElse(RATES.contains(after.unit()));
    }

    /** In a line. */
    public String line() {
      return String.format(
          Locale.ROOT,
          "%-8s %-52s %12s %12s  %+6.1f %% worse%s",
          row,
          after.name() + (after.unit().isEmpty() ? "" : ", " + after.unit()),
          String.format(Locale.ROOT, "%.4g", before.median()),
          String.format(Locale.ROOT, "%.4g", after.median()),
          100 * worseBy(),
          isRegression() ? "  REGRESSION" : "");
    }
  }

  /**
   * Measures in turn.
   *
   * @param rows to measure
   * @param rounds of both
   * @throws IOException a build can't be run, or has no {@code bench}
   */
  public List<Change> measure(List<String> rows, int rounds)
      throws IOException, InterruptedException {
    Map<String, Samples> before = new LinkedHashMap<>();
    Map<String, Samples> after = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      progress.accept("round " + round + " of " + rounds + ": the earlier build");
      add(before, run(earlier, rows));
      progress.accept("round " + round + " of " + rounds + ": this build");
      add(after, run(today, rows));
    }
    List<Change> changes = new ArrayList<>();
    after.forEach(
        (row, samples) ->
            samples
                .figures()
                .forEach(
                    figure ->
                        find(before, row, figure)
                            .ifPresent(
                                earlierOne -> changes.add(new Change(row, earlierOne, figure)))));
    return changes;
  }

  private static Optional<Figure> find(Map<String, Samples> before, String row, Figure figure) {
    return Optional.ofNullable(before.get(row)).stream()
        .flatMap(samples -> samples.figures().stream())
        .filter(other -> other.name().equals(figure.name()) && other.unit().equals(figure.unit()))
        .findFirst();
  }

  private static void add(Map<String, Samples> all, JsonNode report) {
    for (JsonNode row : report.get("rows")) {
      Samples samples = all.computeIfAbsent(row.get("row").asText(), _ -> new Samples());
      for (JsonNode figure : row.get("figures")) {
        String name = figure.get("name").asText();
        String unit = figure.get("unit").asText();
        double median = figure.get("median").asDouble();
        JsonNode bar = figure.get("bar");
        if (bar == null) {
          samples.add(name, unit, median);
        } else {
          Bar limit =
              new Bar(Bar.Kind.valueOf(bar.get("kind").asText()), bar.get("limit").asDouble());
          samples.add(name, unit, limit, median);
        }
      }
    }
  }

  private static JsonNode run(Path build, List<String> rows)
      throws IOException, InterruptedException {
    Path json = Files.createTempFile("meninx-bench", ".json");
    Path log = Files.createTempFile("meninx-bench", ".log");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "--enable-native-access=ALL-UNNAMED",
              "--sun-misc-unsafe-memory-access=allow",
              "-cp",
              build.toString(),
              "io.meninx.cli.Meninx",
              "bench",
              "--quick",
              "--rounds",
              "1",
              "--json",
              json.toString()));
      command.addAll(rows);
      File output = log.toFile();
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output)
              .start()
              .waitFor();
      if (code != 0) {
        List<String> lines = Files.readAllLines(log);
        throw new IOException(
            build
                + " does not measure (exit code "
                + code
                + "): "
                + (lines.isEmpty() ? "it says nothing" : lines.getLast()));
      }
      return new ObjectMapper().readTree(json.toFile());
    } finally {
      Files.deleteIfExists(json);
      Files.deleteIfExists(log);
    }
  }
}
