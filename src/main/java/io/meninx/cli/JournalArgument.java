package io.meninx.cli;

import io.meninx.archive.ArchiveJournal;
import io.meninx.replay.CombinedJournal;
import io.meninx.replay.JournalSource;
import io.meninx.replay.KafkaJournal;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.wire.registry.RegistryClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a journal is read from: {@code --from} and what belongs to it. */
final class JournalArgument {
  private static final String KAFKA = "kafka";

  @Option(
      names = "--from",
      required = true,
      split = ",",
      paramLabel = "kafka|DIR",
      description = {
        "the journal: 'kafka', the directory of an archive, or both as one: 'DIR,kafka', where the"
            + " archive holds what is older and both have to agree where they overlap"
      })
  private List<String> from;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "settings of the cluster (YAML), for 'kafka'; see topology-docs/settings.md")
  private @Nullable Path config;

  @Option(
      names = "--inputs",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "also read the input topics and compare their offsets with those in the journal"
              + " (default, with 'kafka')")
  private boolean inputs;

  /** A journal with what it needs. */
  record Opened(JournalSource source, Optional<RegistryClient> registry) implements AutoCloseable {
    @Override
    public void close() {
      source.close();
      registry.ifPresent(RegistryClient::close);
    }

    /** Entries in all partitions, or a few more. */
    long atMost() {
      return source.partitions().stream().mapToLong(source::atMost).sum();
    }
  }

  /** Opens it; an archive is verified. */
  Opened open() {
    Optional<RegistryClient> registry = Optional.empty();
    List<JournalSource> sources = new ArrayList<>();
    for (String one : from) {
      if (one.equals(KAFKA)) {
        ServiceSettings settings = settings();
        registry = Optional.of(settings.registryClient());
        sources.add(kafka(settings, registry.get(), inputs));
      } else {
        sources.add(archive(one));
      }
    }
    return switch (sources.size()) {
      case 1 -> new Opened(sources.getFirst(), registry);
      case 2 -> new Opened(new CombinedJournal(sources.getFirst(), sources.getLast()), registry);
      default -> throw new WrongUseException("--from: at most an archive and kafka.");
    };
  }

  private ServiceSettings settings() {
    return ConfigOption.settings(
        Optional.ofNullable(config)
            .orElseThrow(() -> new WrongUseException("--from kafka needs --config FILE.")),
        System.getenv());
  }

  /** The journal in the topics of a deployment. */
  static KafkaJournal kafka(ServiceSettings settings, RegistryClient registry, boolean inputs) {
    return new KafkaJournal(settings.consumer(), settings.prefix(), registry, inputs);
  }

  private static JournalSource archive(String directory) {
    Path path = Path.of(directory);
    ArchiveArgument.require("--from", path);
    return ArchiveJournal.open(path);
  }
}
