package io.meninx.topology;

import static io.meninx.fact.Facts.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.Facts;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The first tick after a long stop: everybody is due at once. What is done between two commits must
 * stay far below the time-out of a transaction, 10 seconds.
 */
@Timeout(900)
class ManyDueAtOnceIT {
  private static final Duration FAR_BELOW = Duration.ofSeconds(5);
  private static final Instant T0 = at(0, "13:00");

  private final int patients = Integer.getInteger("meninx.due.patients", 20_000);
  private final Counter counter = new Counter();

  /** Adds up what a tick or the pump does. */
  private static final class Counter implements Observer {
    private int decisions;
    private int entries;
    private boolean more;

    @Override
    public void worked(int partition, int count, boolean left) {
      decisions += count;
      entries++;
      more = left;
    }

    int reset() {
      int before = decisions;
      decisions = 0;
      entries = 0;
      return before;
    }
  }

  @Test
  void theWorkIsDoneInSlicesFarShorterThanATransactionMayBe() {
    DecisionEngine engine =
        DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));
    try (Driven driven = new Driven(engine, settings -> settings.withObserver(counter))) {
      driven.tick(T0);
      List<TestOutputTopic<byte[], byte[]>> changelogs = changelogs(driven);
      for (int i = 0; i < patients; i++) {
        driven.fact(Facts.csf("csf-" + i).negative().volumeMl(3).patient("p" + i).day(0).build());
        if (i % 1000 == 999) {
          forget(driven, changelogs);
        }
      }
      counter.reset();

      List<Duration> steps = new ArrayList<>();
      int fired = 0;
      long start = System.nanoTime();
      driven.tick(T0.plus(Duration.ofMinutes(30)));
      steps.add(Duration.ofNanos(System.nanoTime() - start));
      int largest = Math.max(0, counter.entries);
      fired += counter.reset();
      while (counter.more) {
        start = System.nanoTime();
        driven.pump();
        steps.add(Duration.ofNanos(System.nanoTime() - start));
        largest = Math.max(largest, counter.entries);
        fired += counter.reset();
        forget(driven, changelogs);
      }

      Duration longest = steps.stream().max(Duration::compareTo).orElseThrow();
      Duration all = steps.stream().reduce(Duration.ZERO, Duration::plus);
      System.out.printf(
          "%d patients due at one tick: %d decisions in %d steps, %d ms in all, longest %d ms%n",
          patients, fired, steps.size(), all.toMillis(), longest.toMillis());
      assertThat(fired).isGreaterThanOrEqualTo(patients);
      assertThat(largest).isLessThanOrEqualTo(10);
      assertThat(steps).hasSizeGreaterThanOrEqualTo(patients / 1000);
      assertThat(longest).isLessThan(FAR_BELOW);
    }
  }

  private static List<TestOutputTopic<byte[], byte[]>> changelogs(Driven driven) {
    return List.of(Names.FACTS, Names.PATHWAYS, Names.TIMERS, Names.PARTITION).stream()
        .map(
            store ->
                driven
                    .driver()
                    .createOutputTopic(
                        "meninx-test-" + store + "-changelog",
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()))
        .toList();
  }

  /** The driver keeps all outputs until they are read. */
  private static void forget(Driven driven, List<TestOutputTopic<byte[], byte[]>> changelogs) {
    Topic.outputs().forEach(driven::output);
    changelogs.forEach(TestOutputTopic::readRecordsToList);
  }
}
