package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CasePlayer;
import io.meninx.casefile.CaseResult;
import io.meninx.pathway.PublicState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code play}: case files through the topology, one result file each. */
@Command(
    name = "play",
    mixinStandardHelpOptions = true,
    description = {
      "Runs case files through the same topology that 'run' runs, and writes what it decided on"
          + " each to DIR/<case>.json. Needs no Kafka and no network.",
      "",
      "Every file is read before the first is played: when one cannot be used, nothing is written,"
          + " and the complaint names the file, the JSON path and the reason."
    })
final class PlayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--cases",
      required = true,
      arity = "1..*",
      paramLabel = "PATH",
      description = "case files, or directories of *.json files")
  private List<Path> paths;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "directory for the results; made when it is not there")
  private Path out;

  @Mixin private EngineOptions options;

  @Override
  public Integer call() {
    PrintWriter screen = spec.commandLine().getOut();
    List<CaseFile> cases = CaseArguments.read(paths);
    CasePlayer player = options.player();
    makeDirectory();
    for (CaseFile file : cases) {
      CaseResult result = player.play(file);
      Path written = write(result);
      screen.println(line(result) + "  " + written);
      screen.flush();
    }
    return Meninx.DONE;
  }

  private static String line(CaseResult result) {
    PublicState state = result.state();
    return "%-12s %-12s %-16s %-15s %3d events %3d open alerts"
        .formatted(
            result.caseName(),
            state.type(),
            state.certainty(),
            state.stage(),
            result.events().size(),
            state.openAlerts().size());
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new WrongUseException("The directory " + out + " cannot be made.", e);
    }
  }

  /** A result is there as a whole or not at all. */
  private Path write(CaseResult result) {
    Path file = out.resolve(result.caseName() + ".json");
    try {
      Path part = Files.createTempFile(out, ".meninx-", ".part");
      try {
        Files.write(part, result.toJson());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      return file;
    } catch (IOException e) {
      throw new WrongUseException("The file " + file + " cannot be written.", e);
    }
  }
}
