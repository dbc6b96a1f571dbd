package io.meninx.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Decides a journal again and compares (contract section 7): every decision and digest of every
 * entry, the chain, the numbers, and that every input offset is there once. Partitions are
 * independent and run in parallel; what comes out does not depend on that.
 *
 * <p>Memory: facts as compact rows and states of patients, the greater part of them frozen; no
 * entries.
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

  /** Decides again by the guidelines that were in use; all differences are counted, none kept. */
  public static ReplayResult verify(JournalSource source, ReplayOptions options) {
    return new Replay(source, options, Progress.NONE).verify(_ -> DivergenceSink.NONE);
  }

  /**
   * Decides again by the guidelines that were in use.
   *
   * @param sinks for every partition, who takes its differences
   * @throws JournalUnreadableException the journal can't be read to its end
   */
  public ReplayResult verify(IntFunction<DivergenceSink> sinks) {
    List<RuleTally> tallies = new ArrayList<>();
    List<Integer> partitions = source.partitions();
    partitions.forEach(_ -> tallies.add(new RuleTally()));
    List<PartitionResult> results =
        inParallel(
            partitions.size(),
            index -> {
              int partition = partitions.get(index);
              PartitionReplay replay =
                  new PartitionReplay(
                      partition,
                      options,
                      tallies.get(index),
                      sinks.apply(partition),
                      (engines, found) -> new Reproduction(options, engines, found));
              return run(partition, replay);
            });
    RuleTally rules = new RuleTally();
    tallies.forEach(rules::add);
    return new ReplayResult(options, results, rules.counts());
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

  private PartitionResult run(int partition, PartitionReplay replay) {
    Optional<InputTopics> inputs = options.until().isPresent() ? Optional.empty() : source.inputs();
    try (JournalReader journal = source.open(partition)) {
      return replay.run(journal, inputs, progress);
    }
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
      throw new IllegalStateException("a partition could not be replayed", e.getCause());
    } catch (InterruptedException _) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
      throw new JournalUnreadableException("interrupted");
    }
  }
}
