package io.meninx.cli;

import io.meninx.archive.Erasure;
import io.meninx.archive.Export;
import io.meninx.fact.PatientId;
import io.meninx.replay.JournalSource;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: the journal into an archive. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the journal to Avro object container files, readable without Kafka and without the"
          + " registry, with a manifest: ranges, counts, SHA-256 of every file, guidelines, engine"
          + " versions. A directory that has an archive of the same journal is gone on with, also"
          + " after an interruption.",
      "",
      "With --erase: takes a patient out of the archive. Every entry that names the patient keeps"
          + " the hash of its body, so that the chain still verifies. The topic is not touched: it"
          + " has its own retention."
    })
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "directory of the archive; made when it is not there")
  private Path to;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the cluster (YAML); see topology-docs/settings.md")
  private @Nullable Path config;

  @Option(names = "--erase", paramLabel = "ID", description = "erase this patient from the archive")
  private @Nullable String erased;

  @Override
  public Integer call() {
    if (erased != null) {
      if (erased.isEmpty()) {
        throw new WrongUseException("--erase: the id is empty.");
      }
      return erase(erased);
    }
    ArchiveArgument.refuseAnotherKind("--to", to);
    ServiceSettings settings =
        ConfigOption.settings(
            Optional.ofNullable(config)
                .orElseThrow(() -> new WrongUseException("--config FILE is missing.")),
            System.getenv());
    try (RegistryClient registry = settings.registryClient();
        JournalSource source = JournalArgument.kafka(settings, registry, false)) {
      Export.Result result = export(source, settings);
      PrintWriter screen = spec.commandLine().getOut();
      screen.printf(
          "%,d entries in %,d new files; %,d were there already; archive in %s%n",
          result.entries(), result.files(), result.kept(), to);
      result
          .begins()
          .forEach(
              (partition, first) ->
                  screen.printf(
                      "partition %d begins with entry %d: the topic had nothing older when this"
                          + " archive was begun%n",
                      partition, first));
      result
          .emptied()
          .forEach(
              partition ->
                  screen.printf(
                      "partition %d: all entries are missing; the topic had some and has none any"
                          + " more, and this archive has none of them%n",
                      partition));
      screen.flush();
      return Meninx.DONE;
    }
  }

  private Export.Result export(JournalSource source, ServiceSettings settings) {
    long atMost = source.partitions().stream().mapToLong(source::atMost).sum();
    String topic = Topic.PATHWAY_JOURNAL.name(settings.prefix());
    try (TerminalProgress progress =
        new TerminalProgress(spec.commandLine().getErr(), "entries exported", atMost)) {
      return new Export(to, topic, Export.FILE_BYTES, progress).run(source);
    }
  }

  private int erase(String patient) {
    ArchiveArgument.require("--to", to);
    long entries = new Erasure(to).erase(new PatientId(patient));
    PrintWriter screen = spec.commandLine().getOut();
    screen.println(
        entries == 0
            ? "nothing in the archive names this patient"
            : entries + " entries lost their body; the chain still verifies");
    screen.flush();
    return Meninx.DONE;
  }
}
