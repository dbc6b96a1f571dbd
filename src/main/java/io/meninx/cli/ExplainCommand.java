package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseResult;
import io.meninx.casefile.MemoryCasePlayer;
import io.meninx.casefile.PublishedCases;
import io.meninx.edition.Statements;
import io.meninx.explain.Explanation;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code explain}: the reasons for an alert, or for everything that stands for a patient, in words.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says in words why an alert is open, or why everything stands that stands for a patient: the"
          + " rule and what the guideline says, the facts with their dates and status, and what is"
          + " not known.",
      "",
      "Reads case files: the published ones, or those of --cases."
    })
final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "ALERT_KEY|PATIENT_ID",
      description = "an alert key as in pathway-alerts, or a patient id (the name of the case)")
  private String subject;

  @Option(
      names = "--cases",
      arity = "1..*",
      paramLabel = "PATH",
      description = "case files, or directories of *.json files (default: the published cases)")
  private List<Path> paths = new ArrayList<>();

  @Mixin private EngineOptions options;

  @Override
  public Integer call() {
    List<CaseFile> cases = paths.isEmpty() ? PublishedCases.all() : CaseArguments.read(paths);
    PathwayEngine engine = options.pathwayEngine();
    MemoryCasePlayer player = new MemoryCasePlayer(engine);
    Statements statements = Statements.shipped();
    for (CaseFile file : cases) {
      if (file.patientId().value().equals(subject)) {
        print(ofPatient(statements, engine, player.play(file)));
        return Meninx.DONE;
      }
    }
    for (CaseFile file : cases) {
      List<AlertRevision> revisions =
          player.play(file).result().alerts().stream()
              .filter(alert -> alert.alertKey().equals(subject))
              .toList();
      if (!revisions.isEmpty()) {
        print(Explanation.ofAlert(statements, revisions));
        return Meninx.DONE;
      }
    }
    throw new WrongUseException("There is no patient and no alert with this id in these cases.");
  }

  private static List<String> ofPatient(
      Statements statements, PathwayEngine engine, MemoryCasePlayer.Played played) {
    CaseResult result = played.result();
    PatientState state = played.state();
    return Explanation.ofPatient(
        statements,
        result.endedAt(),
        engine.findings(state.retained(), state.corrections(), result.endedAt()),
        result.state(),
        result.alerts());
  }

  private void print(List<String> lines) {
    PrintWriter screen = spec.commandLine().getOut();
    lines.forEach(screen::println);
    screen.flush();
  }
}
