package io.meninx.topology;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.pathway.Decision;
import io.meninx.pathway.PatientView;
import java.time.Instant;

/** Decides as another engine does; a test says what it does otherwise. */
public interface DelegatingEngine extends DecisionEngine {
  /** The other engine. */
  DecisionEngine engine();

  @Override
  default Guideline guideline() {
    return engine().guideline();
  }

  @Override
  default Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
    return engine().decide(view, fact, receivedAt, now);
  }

  @Override
  default Decision wake(PatientView view, PatientId patient, Instant dueAt) {
    return engine().wake(view, patient, dueAt);
  }

  @Override
  default Decision reevaluate(PatientView view, PatientId patient, Instant now) {
    return engine().reevaluate(view, patient, now);
  }
}
