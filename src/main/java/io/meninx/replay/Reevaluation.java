package io.meninx.replay;

import io.meninx.fact.PatientId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How far the patients were evaluated after a change of guideline: one after the other, in the
 * order of the store. For use by one thread.
 */
final class Reevaluation {
  /** Keys of patients, UTF-8, as the store orders them. */
  private final TreeSet<byte[]> order = new TreeSet<>(Arrays::compareUnsigned);

  private byte[] last = {};

  /**
   * The last of the patients there were at the change, while they may not have all been evaluated.
   */
  private Optional<byte[]> end = Optional.empty();

  /** Whether nobody knows how far it came, since an entry is erased. */
  private boolean unknown;

  /** A patient is known from now on. */
  void knows(PatientId patient) {
    order.add(key(patient));
  }

  /** Begins with the first patient. */
  void begin() {
    last = new byte[0];
    end = order.isEmpty() ? Optional.empty() : Optional.of(order.last());
    unknown = false;
  }

  /** It may have gone on, or ended, in an entry that is erased. */
  void erased() {
    end = Optional.empty();
    unknown = true;
  }

  /** Whether it is this patient's turn, as far as that can be told. */
  boolean isNext(PatientId patient) {
    return unknown || Arrays.equals(order.higher(last), key(patient));
  }

  /** A patient was evaluated. */
  void reached(PatientId patient) {
    last = key(patient);
    unknown = false;
  }

  /** There is nothing left to do: whether some patients were left out nevertheless. */
  boolean endsEarly() {
    boolean some = end.filter(patient -> Arrays.compareUnsigned(patient, last) > 0).isPresent();
    end = Optional.empty();
    return some;
  }

  private static byte[] key(PatientId patient) {
    return patient.value().getBytes(StandardCharsets.UTF_8);
  }
}
