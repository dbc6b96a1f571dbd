package io.meninx.replay;

/**
 * How often decisions of one rule differ.
 *
 * @param rule id, for instance S6; empty for differences that have no rule
 * @param changed decisions on both sides with different content
 * @param onlyRecorded decisions that are not made now
 * @param onlyRecomputed decisions that were not recorded
 * @param patients with any of these
 */
public record RuleCount(
    String rule, long changed, long onlyRecorded, long onlyRecomputed, long patients) {}
