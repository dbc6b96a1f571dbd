package io.meninx.guideline;

import io.meninx.fact.TreatmentEvent;
import java.util.Locale;

/**
 * An act of treatment with its agent read by the vocabulary. What it does not state itself is that
 * of its order: every dose is a fact of its own, and orderId links it (contract section 6).
 *
 * @param known the fact
 * @param agent what its agent text says
 * @param field of radiotherapy
 * @param indication of radiotherapy
 */
public record Act(
    Known<TreatmentEvent> known,
    Agents.Reading agent,
    TreatmentEvent.Field field,
    TreatmentEvent.Indication indication) {

  /** As it states it itself. */
  static Act stated(Known<TreatmentEvent> known, Agents.Reading agent) {
    return new Act(known, agent, known.fact().field(), known.fact().indication());
  }

  /** With what another act of its order states and this one does not. */
  Act completedBy(Act other) {
    boolean named = agent.stated() || !other.agent.stated();
    boolean placed =
        field != TreatmentEvent.Field.UNKNOWN || other.field == TreatmentEvent.Field.UNKNOWN;
    boolean indicated =
        indication != TreatmentEvent.Indication.UNKNOWN
            || other.indication == TreatmentEvent.Indication.UNKNOWN;
    return named && placed && indicated
        ? this
        : new Act(
            known,
            named ? agent : other.agent,
            placed ? field : other.field,
            indicated ? indication : other.indication);
  }

  /** The treatment event. */
  public TreatmentEvent fact() {
    return known.fact();
  }

  /** Day of the act. */
  public long day() {
    return known.day();
  }

  /** Report id. */
  public String id() {
    return known.id();
  }

  /** ORDERED, STARTED or ADMINISTERED, for radiotherapy also COMPLETED: when prohibitions fire. */
  public boolean prohibitable() {
    return switch (fact().action()) {
      case ORDERED, STARTED, ADMINISTERED -> true;
      case COMPLETED -> is(TreatmentEvent.Modality.RADIOTHERAPY);
      case STOPPED, CANCELLED, UNKNOWN -> false;
    };
  }

  /** STARTED or ADMINISTERED, for radiotherapy also COMPLETED. */
  public boolean given() {
    return fact().action().given()
        || (is(TreatmentEvent.Modality.RADIOTHERAPY)
            && fact().action() == TreatmentEvent.Action.COMPLETED);
  }

  /** Whether it is of this modality. */
  public boolean is(TreatmentEvent.Modality modality) {
    return fact().modality() == modality;
  }

  /**
   * Its agent in the words of the vocabulary, or, where it is not recognised, in its own: the
   * letters, since doses and lots do not make it another.
   */
  String agentWords() {
    if (agent.recognised()) {
      return String.join("+", agent.names());
    }
    StringBuilder letters = new StringBuilder();
    fact()
        .agent()
        .orElse("")
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Character::isLetter)
        .forEach(letters::appendCodePoint);
    return letters.toString();
  }

  /** Intrathecal with methotrexate. */
  public boolean intrathecalMethotrexate() {
    return is(TreatmentEvent.Modality.INTRATHECAL) && agent.is(Agents.AgentClass.METHOTREXATE);
  }

  /** Intrathecal or systemic methotrexate, any route (S29, G30). */
  public boolean methotrexate() {
    return (is(TreatmentEvent.Modality.INTRATHECAL) || is(TreatmentEvent.Modality.SYSTEMIC))
        && agent.is(Agents.AgentClass.METHOTREXATE);
  }

  /** Radiotherapy of this field. */
  public boolean radiotherapy(TreatmentEvent.Field field) {
    return is(TreatmentEvent.Modality.RADIOTHERAPY) && this.field == field;
  }

  /** The day the first version was reported that says the same act was done or ordered. */
  public long statedOn() {
    return known.statedOn(
        TreatmentEvent.class,
        version ->
            version.modality() == fact().modality()
                && version.action().ends() == fact().action().ends());
  }

  /** Whether it can be LM-directed treatment: T0 is the first given on or after the opening. */
  public boolean directed() {
    return switch (fact().modality()) {
      case SYSTEMIC -> agent.antitumour();
      case INTRATHECAL, RADIOTHERAPY -> true;
      case OMMAYA_PLACEMENT, VP_SHUNT, SUPPORTIVE_CARE, LUMBAR_PUNCTURE, UNKNOWN -> false;
    };
  }

  /**
   * Whether giving it is a decision that rests on the diagnosis, the status group or what stands
   * against it (G46): anything but a puncture, and of drugs all but those known only to support.
   */
  public boolean treats() {
    return switch (fact().modality()) {
      case SYSTEMIC -> agent.antitumour() || !agent.recognised();
      case INTRATHECAL, RADIOTHERAPY, OMMAYA_PLACEMENT, VP_SHUNT, SUPPORTIVE_CARE -> true;
      case LUMBAR_PUNCTURE, UNKNOWN -> false;
    };
  }

  /**
   * Whether both belong to one order: the same order id, or, where one of them has none, the same
   * modality with the same field and agent; an {@code other} that does not state field or agent
   * fits any.
   */
  public boolean sameOrder(Act other) {
    if (fact().orderId().isPresent() && other.fact().orderId().isPresent()) {
      return fact().orderId().equals(other.fact().orderId());
    }
    if (fact().modality() != other.fact().modality()) {
      return false;
    }
    boolean sameField = field == other.field || other.field == TreatmentEvent.Field.UNKNOWN;
    boolean sameAgent =
        !other.agent.stated()
            || agent.names().equals(other.agent.names())
                && fact().agent().isPresent()
                && (agent.recognised() || fact().agent().equals(other.fact().agent()));
    return sameField && sameAgent;
  }

  /** As evidence. */
  public Evidence evidence() {
    StringBuilder value = new StringBuilder();
    value.append(fact().modality()).append(' ').append(fact().action());
    fact().agent().ifPresent(agentText -> value.append(", agent=").append(agentText));
    if (fact().route() != TreatmentEvent.Route.UNKNOWN) {
      value.append(", route=").append(fact().route());
    }
    if (fact().doseMg().isPresent()) {
      value.append(", doseMg=").append(fact().doseMg().getAsDouble());
    }
    if (fact().field() != TreatmentEvent.Field.UNKNOWN) {
      value.append(", radiotherapyField=").append(fact().field());
    }
    if (fact().doseGy().isPresent()) {
      value.append(", doseGy=").append(fact().doseGy().getAsDouble());
    }
    if (fact().fractions().isPresent()) {
      value.append(", fractions=").append(fact().fractions().getAsInt());
    }
    return known.evidence(value.toString());
  }
}
