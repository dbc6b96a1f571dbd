package io.meninx.cli;

import io.meninx.casefile.CasePlayer;
import io.meninx.edition.EditionException;
import io.meninx.edition.GuidelineEditions;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.topology.DecisionEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What decisions on cases depend on: options of {@code play} and {@code demo}. */
final class EngineOptions {

  private static final int DAY_MINUTES = 24 * 60;

  @Option(
      names = "--guideline",
      paramLabel = "FILE",
      description = "guideline: a file, or the id of one that comes with the program")
  private @Nullable String guideline;

  @Option(
      names = "--debounce",
      paramLabel = "MINUTES",
      defaultValue = "0",
      description = "delay of notifications that are not STAT (default: ${DEFAULT-VALUE})")
  private int debounceMinutes;

  /** The engine of the topology. */
  DecisionEngine engine() {
    return DecisionEngine.of(pathwayEngine());
  }

  /** The engine of the core, without Kafka around it. */
  PathwayEngine pathwayEngine() {
    if (debounceMinutes < 0 || debounceMinutes > DAY_MINUTES) {
      throw new WrongUseException("--debounce must be from 0 to " + DAY_MINUTES + " minutes.");
    }
    return new PathwayEngine(
        edition(), EngineSettings.withDebounce(Duration.ofMinutes(debounceMinutes)));
  }

  private Guideline edition() {
    return edition(guideline);
  }

  /** The guideline that was named, or the standard one. */
  static Guideline edition(@Nullable String named) {
    try {
      return Optional.ofNullable(named)
          .map(GuidelineEditions::load)
          .orElseGet(GuidelineEditions::standard);
    } catch (EditionException e) {
      throw new WrongUseException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Settings that decisions depend on, as they go into the journal. */
  List<Setting> settings() {
    return List.of(new Setting("debounceMinutes", String.valueOf(debounceMinutes)));
  }

  /** What {@code play} plays with. */
  CasePlayer player() {
    return new CasePlayer(engine(), Meninx.version(), settings());
  }
}
