package io.meninx.replay;

import io.meninx.edition.EditionException;
import io.meninx.edition.GuidelineEditions;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The engines a journal was decided by: one for every guideline and settings that stand in it. For
 * use by one thread.
 */
final class Engines {
  private static final String DEBOUNCE = "debounceMinutes";
  private static final String FACTS = "factsPerPatient";
  private static final BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

  private final Map<String, Guideline> guidelines = new HashMap<>();
  private final Map<Key, PathwayEngine> engines = new HashMap<>();

  private record Key(String hash, List<Setting> settings) {}

  /**
   * Learns a guideline from its text in the journal.
   *
   * @return what is wrong with it, if anything
   */
  Optional<String> learn(String hash, String text) {
    try {
      Guideline guideline =
          GuidelineEditions.readJournaled("in the journal", text.getBytes(StandardCharsets.UTF_8));
      if (!guideline.hash().equals(hash)) {
        return Optional.of("the text of the guideline is not that of its hash");
      }
      guidelines.put(hash, guideline);
      return Optional.empty();
    } catch (EditionException e) {
      return Optional.of("the text of the guideline can't be read: " + e.getMessage());
    }
  }

  /**
   * Learns the guidelines that come with the program: a journal tells the text of each once, and
   * that entry may be missing.
   */
  void learnShipped() {
    for (String id : GuidelineEditions.shipped()) {
      Guideline guideline = GuidelineEditions.load(id);
      guidelines.putIfAbsent(guideline.hash(), guideline);
    }
  }

  /** The engine that decided by this guideline; empty when its text was not in the journal. */
  Optional<PathwayEngine> of(String hash, List<Setting> settings) {
    Guideline guideline = guidelines.get(hash);
    return guideline == null ? Optional.empty() : Optional.of(of(guideline, settings));
  }

  /** The engine that decides by this guideline. */
  PathwayEngine of(Guideline guideline, List<Setting> settings) {
    return engines.computeIfAbsent(
        new Key(guideline.hash(), settings), _ -> new PathwayEngine(guideline, read(settings)));
  }

  private static EngineSettings read(List<Setting> settings) {
    Duration debounce = EngineSettings.STANDARD.debounce();
    int facts = EngineSettings.FACTS_PER_PATIENT;
    for (Setting setting : settings) {
      try {
        switch (setting.name()) {
          case DEBOUNCE ->
              debounce =
                  Duration.ofMillis(
                      new BigDecimal(setting.value()).multiply(MILLIS_PER_MINUTE).longValue());
          case FACTS -> facts = Integer.parseInt(setting.value());
          default -> {
            // Of another version of the engine: what it did shows in the decisions.
          }
        }
      } catch (NumberFormatException e) {
        throw new JournalUnreadableException(
            "the setting " + setting.name() + " in the journal is no number", e);
      }
    }
    return new EngineSettings(debounce, facts);
  }
}
