package io.meninx.replay;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What came of a replay. Equal journals give equal results, whatever the number of threads; no time
 * of the machine is in it.
 *
 * @param options what was asked for
 * @param partitions what came of each, ascending
 * @param erasures how often a patient was erased from the journal
 * @param complete whether all was written that there was to write; an archive is not while an
 *     export goes on, and after one that was interrupted
 * @param byRule how often decisions of each rule differ, sorted by rule
 * @param whatIf what another guideline would have decided, when one was given
 */
public record ReplayResult(
    ReplayOptions options,
    List<PartitionResult> partitions,
    long erasures,
    boolean complete,
    List<RuleCount> byRule,
    Optional<WhatIf> whatIf) {

  public ReplayResult {
    partitions = List.copyOf(partitions);
    byRule = List.copyOf(byRule);
  }

  /** Entries read. */
  public long entries() {
    return sum(PartitionResult::entries);
  }

  /** Patients who were decided on. */
  public long patients() {
    return sum(PartitionResult::patients);
  }

  /** Entries that are decided the same now. */
  public long identical() {
    return sum(PartitionResult::identical);
  }

  /** Entries that are not, though recorded by this version of the engine. */
  public long diverged() {
    return sum(PartitionResult::diverged);
  }

  /**
   * Entries that are not, and were recorded by another version of the engine, or follow from it.
   */
  public long engineChanged() {
    return sum(PartitionResult::engineChanged);
  }

  /** Entries with decisions on patients whose earlier facts are erased. */
  public long onErased() {
    return sum(PartitionResult::onErased);
  }

  /** Patients whose earlier facts seem to be erased. */
  public long erasedPatients() {
    return sum(PartitionResult::erasedPatients);
  }

  /** Entries that rest on what is missing before the first entry. */
  public long onMissing() {
    return sum(PartitionResult::onMissing);
  }

  /** Patients whose earlier facts seem to be missing, before the first entry. */
  public long missingPatients() {
    return sum(PartitionResult::missingPatients);
  }

  /** Whether erasures explain all of them: decisions on one more were changed or are wrong. */
  public boolean erasuresExplain() {
    return erasedPatients() <= erasures;
  }

  /** Whether it was to be about patients, and nothing in the journal is about any of them. */
  public boolean isAboutNobody() {
    return !options.patients().isEmpty()
        && partitions.stream().noneMatch(PartitionResult::named)
        && erasedPatients() + missingPatients() == 0;
  }

  /** Entries of which only hashes are left. */
  public long erased() {
    return sum(PartitionResult::erased);
  }

  /** Entries that can't be decoded. */
  public long unreadable() {
    return sum(PartitionResult::unreadable);
  }

  /** The first difference of the lowest partition that has one. */
  public Optional<Divergence> firstDivergence() {
    return partitions.stream().flatMap(part -> part.firstDivergence().stream()).findFirst();
  }

  /** Whether the journals of all partitions are whole. */
  public boolean chainsWhole() {
    return partitions.stream().allMatch(part -> part.chain().whole());
  }

  /** Whether the journals of all partitions are whole from the first entry there is. */
  public boolean chainsUnbroken() {
    return partitions.stream().allMatch(part -> part.chain().unbroken());
  }

  /** Whether the journal of a partition does not begin with its first entry. */
  public boolean beginsLate() {
    return partitions.stream().anyMatch(part -> part.chain().beginsLate());
  }

  /**
   * Whether the journals are whole and every decision in them is made the same now that can be made
   * again. With another guideline: whether the journals are whole. Who deleted what is missing,
   * retention or somebody else, can't be told: without its oldest entries none is whole.
   */
  public boolean reproduced() {
    boolean same = diverged() == 0 && engineChanged() == 0 && erasuresExplain();
    return chainsWhole() && unreadable() == 0 && (same || options.guideline().isPresent());
  }

  private long sum(ToLongFunction<PartitionResult> count) {
    return partitions.stream().mapToLong(count).sum();
  }
}
