package io.meninx.replay;

/**
 * What of a partition's journal can't be looked at: what was known of somebody may have stood
 * there.
 *
 * @param partition number
 * @param erased entries of which only hashes are left, up to the end of what is looked at
 * @param before entries before this one are missing; 0 when none is
 * @param all whether it had entries and has none any more
 */
public record Unseen(int partition, long erased, long before, boolean all) {}
