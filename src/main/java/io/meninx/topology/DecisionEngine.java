package io.meninx.topology;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.journal.JournalEntry.Setting;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientView;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * What the topology asks of the core. Pure; see {@link PathwayEngine}, which is the one there is.
 */
public interface DecisionEngine {
  /** For settings that count in minutes. */
  BigDecimal MILLIS_PER_MINUTE = BigDecimal.valueOf(60_000);

  /** The guideline it decides by. */
  Guideline guideline();

  /** What else its decisions depend on; goes into every journal entry. */
  default List<Setting> settings() {
    return List.of();
  }

  /** See {@link PathwayEngine#decide}. */
  Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now);

  /** See {@link PathwayEngine#wake}. */
  Decision wake(PatientView view, PatientId patient, Instant dueAt);

  /** See {@link PathwayEngine#reevaluate}. */
  Decision reevaluate(PatientView view, PatientId patient, Instant now);

  /** The engine of the core. */
  static DecisionEngine of(PathwayEngine engine) {
    return new DecisionEngine() {
      @Override
      public Guideline guideline() {
        return engine.guideline();
      }

      @Override
      public List<Setting> settings() {
        EngineSettings settings = engine.settings();
        BigDecimal minutes =
            BigDecimal.valueOf(settings.debounce().toMillis())
                .divide(MILLIS_PER_MINUTE, 3, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return List.of(
            new Setting("debounceMinutes", minutes.toPlainString()),
            new Setting("factsPerPatient", Integer.toString(settings.factsPerPatient())));
      }

      @Override
      public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
        return engine.decide(view, fact, receivedAt, now);
      }

      @Override
      public Decision wake(PatientView view, PatientId patient, Instant dueAt) {
        return engine.wake(view, patient, dueAt);
      }

      @Override
      public Decision reevaluate(PatientView view, PatientId patient, Instant now) {
        return engine.reevaluate(view, patient, now);
      }
    };
  }
}
