package io.meninx.topology;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientView;
import java.time.Instant;

/**
 * What the topology asks of the core. Pure; see {@link PathwayEngine}, which is the one there is.
 */
public interface DecisionEngine {
  /** The guideline it decides by. */
  Guideline guideline();

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
