package io.meninx.replay;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one partition. {@code identical + diverged + engineChanged + onErased + onMissing +
 * erased + unreadable = entries}.
 *
 * @param partition number
 * @param entries read
 * @param named whether an entry names a patient who was asked for; never when all are
 * @param patients who were decided on
 * @param identical entries whose decisions, digests and dispositions are made the same now
 * @param diverged entries that are not, though recorded by this version of the engine
 * @param engineChanged entries that are not, and were recorded by another version, or follow from
 *     what was
 * @param onErased entries with decisions on patients whose earlier facts are erased: these can't be
 *     made again, and the rest of the entry is
 * @param erasedPatients those patients
 * @param onMissing entries with decisions on patients whose earlier facts may lie before the first
 *     entry there is, or by a guideline whose text does: these can't be made again
 * @param missingPatients those patients
 * @param erased entries of which only hashes are left
 * @param unreadable entries that can't be decoded
 * @param firstDivergence the first difference of either kind
 * @param chain whether the journal is whole
 * @param inputs the sum over input offsets, by topic
 * @param engineVersions entries by the version of the engine that recorded them, sorted
 * @param guidelines hashes in use, in the order of the journal, each with the number of the entry
 *     that began it
 */
public record PartitionResult(
    int partition,
    long entries,
    boolean named,
    long patients,
    long identical,
    long diverged,
    long engineChanged,
    long onErased,
    long erasedPatients,
    long onMissing,
    long missingPatients,
    long erased,
    long unreadable,
    Optional<Divergence> firstDivergence,
    ChainReport chain,
    List<InputOffsets> inputs,
    Map<String, Long> engineVersions,
    List<GuidelineInUse> guidelines) {

  /**
   * A guideline in use from an entry on.
   *
   * @param hash of its text
   * @param from number of the first entry decided by it
   */
  public record GuidelineInUse(String hash, long from) {}

  public PartitionResult {
    inputs = List.copyOf(inputs);
    guidelines = List.copyOf(guidelines);
    engineVersions = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(engineVersions));
  }
}
