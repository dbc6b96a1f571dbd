package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CasePlayer;
import io.meninx.casefile.CaseResult;
import io.meninx.casefile.PublishedCases;
import io.meninx.demo.Demo;
import io.meninx.demo.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: everything in one process, with nothing to set up. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a real Kafka and a schema registry inside the process, runs the topology, plays the"
          + " cases with time accelerated, prints alerts and pathway events as they come, and then"
          + " a summary. Nothing is left behind.",
      "",
      "Colours are used on a terminal unless NO_COLOR is set."
    })
final class DemoCommand implements Callable<Integer> {

  private static final int WIDTH_WITHOUT_TERMINAL = 140;

  @Spec private CommandSpec spec;

  @Option(
      names = "--cases",
      arity = "1..*",
      paramLabel = "PATH",
      description =
          "case files, or directories of *.json files (default: the published cases that come with"
              + " the program)")
  private List<Path> paths = List.of();

  @Option(
      names = "--partitions",
      paramLabel = "N",
      defaultValue = "4",
      description = "partitions of every topic (default: ${DEFAULT-VALUE})")
  private int partitions;

  @Option(
      names = "--verify",
      description = "then play every case and compare: exit 1 when a decision differs")
  private boolean verify;

  @Option(
      names = "--serve",
      description = "then keep the page with the alerts up, on this machine only, until Ctrl-C")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "of the page; 0 for any free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Mixin private EngineOptions options;

  @Override
  public Integer call() {
    if (partitions < 1 || partitions > 64) {
      throw new WrongUseException("--partitions must be from 1 to 64.");
    }
    if (port < 0 || port > 65_535) {
      throw new WrongUseException("--port must be from 0 to 65535.");
    }
    if (serve && verify) {
      throw new WrongUseException("--serve does not end, so --verify cannot follow it.");
    }
    EmbeddedBroker.require("demo");
    return serve ? serving() : shown(Optional.empty());
  }

  /** Takes the port before anything is played, not a minute later. */
  private int serving() {
    try (ServerSocket kept = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return shown(
          Optional.of(new Demo.Serving(port, () -> close(kept), DemoCommand::untilStopped)));
    } catch (IOException e) {
      throw new WrongUseException(
          "--port: "
              + port
              + " can't be listened on ("
              + e.getMessage()
              + "); give another one, or 0 for any free one.",
          e);
    }
  }

  private static void close(ServerSocket kept) {
    try {
      kept.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int shown(Optional<Demo.Serving> serving) {
    List<CaseFile> cases = paths.isEmpty() ? PublishedCases.all() : CaseArguments.read(paths);
    PrintWriter out = spec.commandLine().getOut();
    var screen = new Screen(out, Ansi.AUTO.enabled(), width());
    var demo =
        new Demo(cases, options.engine(), Meninx.version(), options.settings(), partitions, screen);
    List<CaseResult> results = demo.run(serving);
    return !verify || asPlayed(cases, results, out) ? Meninx.DONE : Meninx.FAILED;
  }

  /** Ctrl-C ends the process; nothing else does. */
  private static void untilStopped() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the decisions are those of {@code play}, byte by byte. */
  private boolean asPlayed(List<CaseFile> cases, List<CaseResult> results, PrintWriter out) {
    CasePlayer player = options.player();
    Map<String, CaseResult> shown =
        results.stream().collect(Collectors.toMap(CaseResult::caseName, Function.identity()));
    List<String> different = new ArrayList<>();
    for (CaseFile file : cases) {
      byte[] played = player.play(file).toJson();
      boolean same =
          Optional.ofNullable(shown.get(file.name()))
              .filter(result -> Arrays.equals(result.toJson(), played))
              .isPresent();
      if (!same) {
        different.add(file.name());
      }
    }
    out.println(
        different.isEmpty()
            ? "Verified: the decisions on all " + cases.size() + " cases are those of play."
            : "NOT the decisions of play: " + String.join(", ", different));
    out.flush();
    return different.isEmpty();
  }

  private int width() {
    Optional<String> columns = Optional.ofNullable(System.getenv("COLUMNS"));
    if (columns.isPresent() && columns.get().matches("[1-9][0-9]{1,3}")) {
      return Integer.parseInt(columns.get());
    }
    return Ansi.AUTO.enabled()
        ? spec.usageMessage().autoWidth(true).width()
        : WIDTH_WITHOUT_TERMINAL;
  }
}
