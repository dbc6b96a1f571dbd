package io.meninx.fact;

/**
 * The deployment's pseudonym of a patient: the one identifier in every record. Prints redacted
 * (invariant 9).
 *
 * @param value never empty
 */
public record PatientId(String value) implements Comparable<PatientId> {
  public PatientId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("patientId is empty");
    }
  }

  @Override
  public int compareTo(PatientId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return "PatientId[redacted]";
  }
}
