package io.meninx.simulate;

import io.meninx.fact.PatientId;
import java.time.Instant;
import java.util.List;

/**
 * Everything that is ever told of one synthetic patient.
 *
 * @param patientId the pseudonym, such as sim-000001
 * @param arrivals in the order of arrival
 * @param end when the patient is no longer followed; not before the last arrival
 */
public record SimulatedPatient(PatientId patientId, List<Arrival> arrivals, Instant end) {
  public SimulatedPatient {
    arrivals = List.copyOf(arrivals);
  }
}
