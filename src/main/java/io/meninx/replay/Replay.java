package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Guideline;
import io.meninx.replay.PartitionReading.Sought;
import io.meninx.replay.WhatIf.PatientChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Decides a journal again (contract section 7).
 *
 * <ul>
 *   <li>By the guidelines that were in use: every decision and digest of every entry is compared.
 *   <li>By another one ({@link ReplayOptions#guideline}): what it would have decided on the same
 *       inputs and ticks is set against what was recorded.
 * </ul>
 *
 * Both verify the chain, the numbers, and that every input offset is there once. Partitions are
 * independent and run in parallel; what comes out does not depend on that.
 *
 * <p>Memory: facts as compact rows and states of patients, the greater part of them frozen; no
 * entries. With another guideline also what differs.
 */
public final class Replay {
  private final JournalSource source;
  private final ReplayOptions options;
  private final Progress progress;

  /** A replay of this journal. */
  public Replay(JournalSource source, ReplayOptions options, Progress progress) {
    this.source = source;
    this.options = options;
    this.progress = progress;
  }

  /** Runs without anybody who takes the differences: they are counted. */
  public static ReplayResult run(JournalSource source, ReplayOptions options) {
    return new Replay(source, options, Progress.NONE).run(_ -> DivergenceSink.NONE);
  }

  /**
   * Runs.
   *
   * @param sinks for every partition, who takes its differences
   * @throws JournalUnreadableException the journal can't be read to its end
   */
  public ReplayResult run(IntFunction<DivergenceSink> sinks) {
    List<Integer> partitions = source.partitions();
    List<Done> done =
        inParallel(
            partitions.size(),
            index -> one(partitions.get(index), sinks.apply(partitions.get(index))));
    RuleTally rules = new RuleTally();
    done.forEach(one -> rules.add(one.rules()));
    return new ReplayResult(
        options,
        done.stream().map(Done::result).toList(),
        source.erasures(),
        source.complete(),
        rules.counts(),
        options.guideline().map(guideline -> whatIf(guideline, done)));
  }

  /** What came of a partition. */
  private record Done(
      PartitionResult result, RuleTally rules, List<PatientChange> changes, CodeTally codes) {}

  private Done one(int partition, DivergenceSink sink) {
    RuleTally rules = new RuleTally();
    WhatIfWatcher changes = new WhatIfWatcher();
    Watcher watcher = options.guideline().isPresent() ? changes : Watcher.NONE;
    PartitionReplay replay = replay(partition, rules, watcher, sink);
    run(partition, replay);
    List<PatientChange> changed = changes.changes();
    replay.late(WhatIfWatcher.divergences(changed, options.engineVersion()));
    PartitionResult result =
        replay.result(
            source.isEmptied(partition),
            options.until().isPresent() ? Optional.empty() : source.inputs());
    return new Done(result, rules, changed, changes.tally());
  }

  private void run(int partition, PartitionReplay replay) {
    try (JournalReader journal = source.open(partition)) {
      replay.run(journal, progress);
    }
  }

  private PartitionReplay replay(
      int partition, RuleTally rules, Watcher watcher, DivergenceSink sink) {
    return new PartitionReplay(
        partition,
        options,
        rules,
        watcher,
        sink,
        (engines, found) ->
            options.guideline().isPresent()
                ? new Alternative(options, options.guideline().get(), engines, watcher)
                : new Reproduction(options, engines, watcher, found));
  }

  private static WhatIf whatIf(Guideline guideline, List<Done> done) {
    CodeTally codes = new CodeTally();
    List<PatientChange> changes = new ArrayList<>();
    done.forEach(
        one -> {
          codes.add(one.codes());
          changes.addAll(one.changes());
        });
    changes.sort(Comparator.comparing(PatientChange::patient));
    return new WhatIf(guideline, codes.counts(), changes);
  }

  /**
   * Everything about the patients that {@link ReplayOptions#patients} names, to be drawn or read:
   * goes through the journal once more and keeps nothing of the others. For so many patients as fit
   * into memory, with all that is known of them.
   *
   * @return sorted by patient
   */
  public List<PatientTimeline> timelines() {
    return histories().timelines();
  }

  /** The same, with what of the journal can't be looked at. */
  public Histories histories() {
    if (options.patients().isEmpty()) {
      throw new IllegalArgumentException("timelines are of patients who are named");
    }
    List<Integer> partitions = source.partitions();
    List<Histories> found =
        inParallel(partitions.size(), index -> histories(partitions.get(index)));
    return new Histories(
        found.stream()
            .flatMap(part -> part.timelines().stream())
            .sorted(Comparator.comparing(PatientTimeline::patient))
            .toList(),
        found.stream().flatMap(part -> part.unseen().stream()).toList(),
        source.complete());
  }

  private Histories histories(int partition) {
    TimelineWatcher watcher = new TimelineWatcher();
    PartitionReplay replay = replay(partition, new RuleTally(), watcher, DivergenceSink.NONE);
    run(partition, replay);
    return new Histories(
        watcher.timelines(replay::standing, replay::erasedOf),
        List.of(replay.unseen(source.isEmptied(partition))),
        source.complete());
  }

  /**
   * Whom the alert with this key is about, at whatever time it came. Reads the journal; only where
   * the alert is not found and entries are erased, their decisions are made again.
   */
  public Optional<PatientId> patientOf(String alertKey) {
    List<Integer> partitions = source.partitions();
    List<Sought> sought =
        inParallel(
            partitions.size(),
            index -> PartitionReading.patientOf(source, partitions.get(index), alertKey));
    return sought.stream()
        .flatMap(one -> one.patient().stream())
        .findFirst()
        .or(
            () ->
                sought.stream().anyMatch(Sought::anyErased)
                    ? amongErased(alertKey)
                    : Optional.empty());
  }

  private Optional<PatientId> amongErased(String alertKey) {
    ReplayOptions all = ReplayOptions.all(options.engineVersion()).withThreads(options.threads());
    Replay everything = new Replay(source, all, progress);
    List<Integer> partitions = source.partitions();
    return inParallel(
            partitions.size(), index -> everything.amongErased(partitions.get(index), alertKey))
        .stream()
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<PatientId> amongErased(int partition, String alertKey) {
    AlertSearch search = new AlertSearch(alertKey);
    run(partition, replay(partition, new RuleTally(), search, DivergenceSink.NONE));
    return search.found();
  }

  /**
   * Reads and decodes and decides nothing: what the speed of a replay is measured against.
   *
   * @return entries read
   */
  public long readOnly() {
    List<Integer> partitions = source.partitions();
    return inParallel(
            partitions.size(),
            index -> PartitionReading.read(source, partitions.get(index), progress))
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private <T> List<T> inParallel(int count, IntFunction<T> work) {
    int threads = Math.max(1, Math.min(count, options.threads()));
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().name("meninx-replay-", 0).factory())) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int index = i;
        running.add(pool.submit(() -> work.apply(index)));
      }
      return results(pool, running);
    }
  }

  private static <T> List<T> results(ExecutorService pool, List<Future<T>> running) {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      pool.shutdownNow();
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(
          "a partition could not be replayed: " + e.getCause(), e.getCause());
    } catch (InterruptedException _) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new JournalUnreadableException("interrupted");
    }
  }
}
