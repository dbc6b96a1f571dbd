package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CasePlayer;
import io.meninx.casefile.CaseResult;
import io.meninx.casefile.PublishedCases;
import io.meninx.edition.Statements;
import io.meninx.explain.Explanation;
import io.meninx.pathway.AlertRevision;
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
    CasePlayer player = options.player();
    Statements statements = Statements.shipped();
    for (CaseFile file : cases) {
      if (file.patientId().value().equals(subject)) {
        CaseResult result = player.play(file);
        print(
            Explanation.ofPatient(
                statements, result.endedAt(), result.state(), result.events(), result.alerts()));
        return Meninx.DONE;
      }
    }
    for (CaseFile file : cases) {
      List<AlertRevision> revisions =
          player.play(file).alerts().stream()
              .filter(alert -> alert.alertKey().equals(subject))
              .toList();
      if (!revisions.isEmpty()) {
        print(Explanation.ofAlert(statements, revisions));
        return Meninx.DONE;
      }
    }
    throw new WrongUseException("There is no patient and no alert with this id in these cases.");
  }

  private void print(List<String> lines) {
    PrintWriter screen = spec.commandLine().getOut();
    lines.forEach(screen::println);
    screen.flush();
  }
}
