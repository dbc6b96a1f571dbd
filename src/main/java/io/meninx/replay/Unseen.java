package io.meninx.replay;

/**
 * What of a partition's journal can't be looked at: what was known of somebody may have stood
 * there.
 *
 * @param partition number
 * @param erased entries of which only hashes are left, up to the end of what is looked at
 * @param before entries before this one are missing; 0 when none is
 * @param all whether it had entries and has none any more
 * @param unreadable entries that can't be decoded
 * @param broken whether it is not whole from its first entry on
 */
public record Unseen(
    int partition, long erased, long before, boolean all, long unreadable, boolean broken) {}
