package io.meninx.replay;

import java.util.List;

/**
 * Whether the journal of a partition is whole and unchanged.
 *
 * @param first number of the first entry there is; a journal starts with 0
 * @param next number after the last entry
 * @param lastLink link of the last entry, hex: whoever kept an earlier one can tell that nothing
 *     before it was rewritten
 * @param breaks where it is not whole, in order, the first {@link #MOST_BREAKS} of them
 */
public record ChainReport(long first, long next, String lastLink, List<Break> breaks) {
  /** More are not kept: one is enough to know. */
  public static final int MOST_BREAKS = 100;

  public ChainReport {
    breaks = List.copyOf(breaks);
  }

  /** Whether it begins with another entry than 0: what is older is missing. */
  public boolean beginsLate() {
    return first > 0;
  }

  /**
   * Whether it is whole from the first entry there is: a topic whose retention deleted what is
   * older has nothing else that is wrong.
   */
  public boolean unbroken() {
    return breaks.stream()
        .allMatch(one -> beginsLate() && one.fault() == Fault.MISSING && one.sequence() == first);
  }

  /** Whether it is whole. */
  public boolean whole() {
    return breaks.isEmpty();
  }

  /** What can be wrong. */
  public enum Fault {
    /** The entry, or the one before it, is not what was written. */
    LINK,
    /** Entries are missing before this one. */
    MISSING,
    /** The number was there already. */
    REPEATED,
    /** The entry can't be decoded. */
    UNREADABLE,
    /** An input offset of this entry was there already, or a later one was. */
    OFFSET_REPEATED,
    /** A record of an input topic has no entry. */
    OFFSET_MISSING,
    /** The entry is of a record that is not in the input topic. */
    OFFSET_UNKNOWN,
    /** The input of this entry was read from another partition: so the journal is that one's. */
    WRONG_PARTITION,
    /** The text of a guideline is missing, can't be read, or is not that of its hash. */
    GUIDELINE
  }

  /**
   * A place where it is not whole.
   *
   * @param sequence number of the entry, or the one expected there
   * @param fault what is wrong
   * @param detail in words, without a patient
   */
  public record Break(long sequence, Fault fault, String detail) {}
}
