package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseResult;
import io.meninx.casefile.MemoryCasePlayer;
import io.meninx.casefile.PublishedCases;
import io.meninx.edition.Statements;
import io.meninx.explain.Explanation;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertKeys;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientState;
import io.meninx.replay.ErasedPart;
import io.meninx.replay.Histories;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Progress;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
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
      "Reads case files: the published ones, or those of --cases; or a journal, --from, up to the"
          + " moment --until."
    })
final class ExplainCommand implements Callable<Integer> {

  /** Options about cases, which mean nothing for a journal. */
  private static final List<String> OF_CASES = List.of("--cases", "--guideline", "--debounce");

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

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable JournalArgument journal;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "with --from: only what was received and decided by then")
  private @Nullable String until;

  @Override
  public Integer call() {
    requireOptionsThatCount();
    if (journal != null) {
      print(ofJournal(journal));
      return Meninx.DONE;
    }
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

  /** An option that nobody would look at must not be dropped without a word. */
  private void requireOptionsThatCount() {
    if (journal == null && until != null) {
      throw new WrongUseException(
          "--until tells how far a journal is read: not without --from. Cases are explained as of"
              + " their end.");
    }
    ParseResult given = spec.commandLine().getParseResult();
    List<String> ofCases = OF_CASES.stream().filter(given::hasMatchedOption).toList();
    if (journal != null && !ofCases.isEmpty()) {
      throw new WrongUseException(
          "--from explains a journal, by the guideline and settings it was decided by: not with "
              + String.join(", ", ofCases)
              + ".");
    }
  }

  private List<String> ofJournal(JournalArgument from) {
    ReplayOptions all = ReplayOptions.all(Meninx.version());
    ReplayOptions limited =
        until == null ? all : all.withUntil(TimeArgument.read("--until", until));
    try (JournalArgument.Opened opened = from.open()) {
      Optional<PatientId> alerted =
          AlertKeys.isKey(subject)
              ? new Replay(opened.source(), limited, Progress.NONE).patientOf(subject)
              : Optional.empty();
      ReplayOptions one =
          limited.withPatients(Set.of(alerted.orElseGet(() -> new PatientId(subject))));
      Histories found = new Replay(opened.source(), one, Progress.NONE).histories();
      if (found.timelines().isEmpty()) {
        throw new WrongUseException(nobody(found.reservations()));
      }
      PatientTimeline timeline = found.timelines().getFirst();
      return alerted.isPresent()
          ? ofAlert(timeline, found.reservations())
          : AsOf.standing(timeline);
    }
  }

  /** An alert that stood in an entry that is erased must not be denied. */
  private static String nobody(List<String> reservations) {
    return reservations.isEmpty()
        ? "There is no patient and no alert with this id in this journal, up to this time."
        : "What there is of this journal names no patient and no alert with this id, up to this"
            + " time. "
            + String.join(" ", reservations)
            + " An alert that opened there may be open.";
  }

  private List<String> ofAlert(PatientTimeline timeline, List<String> reservations) {
    List<AlertRevision> revisions =
        timeline.recorded().revisions().stream()
            .filter(alert -> alert.alertKey().equals(subject))
            .toList();
    List<String> lines = new ArrayList<>();
    if (revisions.isEmpty()) {
      lines.add("This alert had not come by then.");
      lines.addAll(reservations);
      return lines;
    }
    lines.addAll(Explanation.ofAlert(Statements.shipped(), revisions));
    if (timeline.erased() == ErasedPart.DECISIONS) {
      lines.add("");
      lines.add(AsOf.AS_MADE_NOW);
    }
    return lines;
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
