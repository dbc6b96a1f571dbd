package io.meninx.readmodel;

import io.meninx.pathway.PublicState.AlertLine;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Where an alert stands with its patient: of each code and gap at most one is open, so state and
 * alerts can be compared by it.
 *
 * @param code of the alert
 * @param gap empty when it has none
 */
record Slot(String code, String gap) {

  static Slot of(AlertLine line) {
    return new Slot(line.code().name(), line.gap().orElse(""));
  }

  static byte[] bytes(Set<Slot> slots) {
    Rows.Key row = new Rows.Key();
    slots.forEach(slot -> row.text(slot.code).text(slot.gap));
    return row.bytes();
  }

  static Set<Slot> all(byte[] row) {
    ByteBuffer from = ByteBuffer.wrap(row);
    Set<Slot> slots = new LinkedHashSet<>();
    while (from.hasRemaining()) {
      slots.add(new Slot(Rows.text(from), Rows.text(from)));
    }
    return slots;
  }

  /**
   * What is known of a slot.
   *
   * @param named whether the state of the patient names an open alert there
   * @param open alerts there that were read, and are open
   */
  record Known(boolean named, int open) {
    static final Known NOTHING = new Known(false, 0);

    /** The state says that there is an alert, and no revision of it is here. */
    boolean notRead() {
      return named && open == 0;
    }

    byte[] bytes() {
      return new Rows.Key().number(named ? 1 : 0).number(open).bytes();
    }

    static Known of(byte[] row) {
      ByteBuffer from = ByteBuffer.wrap(row);
      return new Known(from.getInt() == 1, from.getInt());
    }
  }
}
