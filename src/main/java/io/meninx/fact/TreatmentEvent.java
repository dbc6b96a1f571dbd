package io.meninx.fact;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One act of treatment: an order, a start, a dose, an end.
 *
 * @param header common header
 * @param modality of treatment
 * @param action what happened
 * @param orderId links a dose to its order
 * @param agent free text, mapped through the guideline's vocabulary
 * @param dose free text
 * @param doseMg mg
 * @param route of administration
 * @param field of radiotherapy
 * @param doseGy total dose, Gy
 * @param fractions number
 * @param indication of radiotherapy
 */
public record TreatmentEvent(
    Header header,
    Modality modality,
    Action action,
    Optional<String> orderId,
    Optional<String> agent,
    Optional<String> dose,
    OptionalDouble doseMg,
    Route route,
    Field field,
    OptionalDouble doseGy,
    OptionalInt fractions,
    Indication indication)
    implements Fact {

  @Override
  public TreatmentEvent withHeader(Header other) {
    return new TreatmentEvent(
        other,
        modality,
        action,
        orderId,
        agent,
        dose,
        doseMg,
        route,
        field,
        doseGy,
        fractions,
        indication);
  }

  /** Kind of treatment. */
  public enum Modality {
    SYSTEMIC,
    INTRATHECAL,
    RADIOTHERAPY,
    OMMAYA_PLACEMENT,
    VP_SHUNT,
    SUPPORTIVE_CARE,
    LUMBAR_PUNCTURE,
    /** Not stated. */
    UNKNOWN
  }

  /** What happened. */
  public enum Action {
    ORDERED,
    STARTED,
    ADMINISTERED,
    COMPLETED,
    STOPPED,
    CANCELLED,
    /** Not stated. */
    UNKNOWN;

    /** STARTED or ADMINISTERED. */
    public boolean given() {
      return this == STARTED || this == ADMINISTERED;
    }

    /** STOPPED or CANCELLED: ends the order. */
    public boolean ends() {
      return this == STOPPED || this == CANCELLED;
    }
  }

  /** Route of administration. */
  public enum Route {
    ORAL,
    IV,
    OMMAYA,
    LUMBAR,
    UNKNOWN
  }

  /** Radiotherapy field. */
  public enum Field {
    FOCAL,
    WHOLE_BRAIN,
    CRANIOSPINAL,
    UNKNOWN
  }

  /** Why radiotherapy is given. */
  public enum Indication {
    ROUTINE,
    BULKY_BRAIN_METASTASES,
    WIDESPREAD_SYMPTOMATIC,
    CORD_COMPRESSION,
    CRANIAL_NEUROPATHY,
    CIRCUMSCRIBED_LESION,
    FLOW_BLOCK,
    OTHER,
    UNKNOWN
  }
}
