package io.meninx.wire;

import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.OpenAlert;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PublicState;
import java.util.List;
import java.util.Optional;

/** State to Avro binary, as in the schemas of PatientState and StoredFact and of parts of them. */
final class StateEncoder {
  private final ByteEncoder out = new ByteEncoder();
  private final CoreEncoder core = new CoreEncoder(out);

  byte[] state(byte format, PatientState state) {
    out.restart(format);
    Optional<PatientId> implied =
        state.retained().stream().findFirst().map(report -> report.header().patientId());
    core.imply(implied);
    out.text(implied.map(PatientId::value).orElse(""));
    out.integer(state.factCount());
    out.list(state.retained(), core::report);
    out.integer(state.frontier());
    out.list(state.corrections(), core::correction);
    out.list(state.alerts(), core::openAlert);
    core.visible(state.visible());
    out.optionalText(state.responseAssessed());
    out.optionalInstant(state.nextDue());
    return out.written();
  }

  byte[] fact(byte format, StoredFact fact) {
    out.restart(format);
    core.imply(Optional.empty());
    core.stored(fact);
    return out.written();
  }

  byte[] versions(byte format, PatientId patient, List<StoredFact> versions) {
    out.restart(format);
    core.imply(Optional.of(patient));
    out.list(versions, core::stored);
    return out.written();
  }

  byte[] alert(byte format, OpenAlert alert) {
    out.restart(format);
    core.openAlert(alert);
    return out.written();
  }

  byte[] visible(byte format, PublicState state) {
    out.restart(format);
    core.visible(state);
    return out.written();
  }
}
