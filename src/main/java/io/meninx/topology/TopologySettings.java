package io.meninx.topology;

import io.meninx.journal.JournalEntry.Setting;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.registry.RegistryClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the topology is built from.
 *
 * @param prefix put in front of every topic's name, with its own separator if it has one
 * @param partitions of every topic
 * @param engine that decides
 * @param engineVersion goes into the journal
 * @param engineSettings that decisions depend on, such as debounceMinutes; go into the journal
 * @param registry of schemas; shared by all threads, closed by its owner
 * @param serdes inputs that classes of others read
 * @param slice how many decisions (timers, kept inputs, evaluations) go into one journal entry
 * @param slices how many journal entries of such work are done at once, that is within one
 *     transaction at the most
 * @param sliceBytes output bytes after which a journal entry takes no further decisions, so that it
 *     stays sendable
 * @param maxRecordBytes a larger record (key, value and headers) is the dead letter
 *     RECORD_TOO_LARGE
 * @param skipped records an operator put aside
 * @param pumpInterval how often left-over work goes on when no input comes; decides nothing
 * @param observer is told what happens
 * @param cloudEvents source under which alerts go out as CloudEvents too; absent when they do not
 */
public record TopologySettings(
    String prefix,
    int partitions,
    DecisionEngine engine,
    String engineVersion,
    List<Setting> engineSettings,
    RegistryClient registry,
    ForeignSerdes serdes,
    int slice,
    int slices,
    int sliceBytes,
    int maxRecordBytes,
    Set<SkippedRecord> skipped,
    Duration pumpInterval,
    Observer observer,
    Optional<URI> cloudEvents) {

  /** Decisions of due work in one journal entry, at most. */
  private static final int SLICE = 100;

  /** Such entries at once, at most, where nothing else waits for the same commit. */
  private static final int SLICES = 10;

  /**
   * The reports that are retained of a patient are never larger together: a fact that might make
   * them so is the dead letter PATIENT_TOO_LARGE. Well above what 20,000 facts without long texts
   * take.
   */
  public static final int MAX_PATIENT_BYTES = 8 * 1024 * 1024;

  /**
   * All facts of a patient are never larger together, whether or not they are retained: a late one,
   * or another guideline, has the engine read them all at once. Well above what 20,000 facts
   * without long texts take; a fact for which there may be no room is the dead letter
   * PATIENT_TOO_LARGE.
   */
  public static final int MAX_FACTS_BYTES = 2 * MAX_PATIENT_BYTES;

  /**
   * Largest journal entry: what every output topic takes at the least, less the frame. An input
   * whose entry would be larger is the dead letter PATIENT_TOO_LARGE: it could never be sent, and
   * its partition would halt for good.
   */
  static final int MAX_ENTRY_BYTES = DeadLetter.MAX_RECORD_BYTES - 16 * 1024;

  /** What an event or an alert takes in a journal entry, bytes, at the most. */
  static final int MAX_DECISION_BYTES = 48 * 1024;

  /**
   * So long after a row was deleted the changelogs say so. An instance that was away with its state
   * directory for longer would not learn of it and have the row again.
   */
  public static final Duration LONGEST_ABSENCE = Duration.ofDays(30);

  /** Largest record of a changelog, and the largest request of the stream's producer. */
  public static final int MAX_CHANGELOG_BYTES = MAX_PATIENT_BYTES + 1024 * 1024;

  public TopologySettings {
    engineSettings = List.copyOf(engineSettings);
    skipped = Set.copyOf(skipped);
    requirePositive(partitions, "partitions");
    requirePositive(slice, "slice");
    requirePositive(slices, "slices");
    requirePositive(sliceBytes, "sliceBytes");
    requirePositive(maxRecordBytes, "maxRecordBytes");
  }

  /**
   * A record that an operator put aside ({@code run --skip}).
   *
   * @param topic without the prefix
   * @param partition of the topic
   * @param offset in the partition
   */
  public record SkippedRecord(String topic, int partition, long offset) {}

  /** Settings with the usual bounds and nothing put aside. */
  public static TopologySettings of(
      String prefix,
      int partitions,
      DecisionEngine engine,
      String engineVersion,
      RegistryClient registry) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engine.settings(),
        registry,
        ForeignSerdes.NONE,
        SLICE,
        SLICES,
        256 * 1024,
        512 * 1024,
        Set.of(),
        Duration.ofMillis(100),
        Observer.NONE,
        Optional.empty());
  }

  /** The same with these settings of the engine. */
  public TopologySettings withEngineSettings(List<Setting> other) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        other,
        registry,
        serdes,
        slice,
        slices,
        sliceBytes,
        maxRecordBytes,
        skipped,
        pumpInterval,
        observer,
        cloudEvents);
  }

  /**
   * The same for an instance with so many threads. A thread commits all its partitions together,
   * and when an instance is alone those are many: what is due on all of them at once, at midnight
   * or after a change of guideline, must be done well within the transaction's time-out, or the
   * brokers end it and it begins anew.
   */
  public TopologySettings sharedBy(int threads) {
    int ofThread = (partitions + threads - 1) / threads;
    return withSlices(SLICE, Math.max(1, SLICES / ofThread));
  }

  /** The same with other bounds of work. */
  public TopologySettings withSlices(int decisions, int entries) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engineSettings,
        registry,
        serdes,
        decisions,
        entries,
        sliceBytes,
        maxRecordBytes,
        skipped,
        pumpInterval,
        observer,
        cloudEvents);
  }

  /** The same, without these records. */
  public TopologySettings withSkipped(Set<SkippedRecord> records) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engineSettings,
        registry,
        serdes,
        slice,
        slices,
        sliceBytes,
        maxRecordBytes,
        records,
        pumpInterval,
        observer,
        cloudEvents);
  }

  /** The same, with inputs that these classes read. */
  public TopologySettings withSerdes(ForeignSerdes other) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engineSettings,
        registry,
        other,
        slice,
        slices,
        sliceBytes,
        maxRecordBytes,
        skipped,
        pumpInterval,
        observer,
        cloudEvents);
  }

  /** The same, with somebody who looks on. */
  public TopologySettings withObserver(Observer other) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engineSettings,
        registry,
        serdes,
        slice,
        slices,
        sliceBytes,
        maxRecordBytes,
        skipped,
        pumpInterval,
        other,
        cloudEvents);
  }

  /** The same, with alerts as CloudEvents of this source too. */
  public TopologySettings withCloudEvents(Optional<URI> source) {
    return new TopologySettings(
        prefix,
        partitions,
        engine,
        engineVersion,
        engineSettings,
        registry,
        serdes,
        slice,
        slices,
        sliceBytes,
        maxRecordBytes,
        skipped,
        pumpInterval,
        observer,
        source);
  }

  private static void requirePositive(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more");
    }
  }
}
