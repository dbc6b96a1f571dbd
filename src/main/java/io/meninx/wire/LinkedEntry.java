package io.meninx.wire;

import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;

/**
 * A journal entry with its link, as it is in the topic. The link is as it was read: see {@link
 * io.meninx.journal.Chain#verify}.
 *
 * @param entry what was journaled
 * @param link chain link of the entry
 */
public record LinkedEntry(JournalEntry entry, Sha256 link) {}
