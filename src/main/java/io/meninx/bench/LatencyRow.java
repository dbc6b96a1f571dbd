package io.meninx.bench;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.simulate.Arrival;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.MeninxTopology;
import io.meninx.topology.TopologySettings;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.Topology;

/**
 * From the receipt of an input by the broker to its alert in the hands of a reader of committed
 * records, at two steady rates, against the output of the least a stream can do.
 */
final class LatencyRow implements Row {
  private static final int[] RATES = {200, 2_000};
  private static final Duration TICKS = Duration.ofHours(24);
  private static final int THREADS = 2;
  private static final double ABOVE_THE_FLOOR_MILLIS = 15;

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int seconds = plan.size(10, 4);
    Samples samples = new Samples();
    try (BenchCluster cluster = new BenchCluster();
        BenchCluster ofFloor = new BenchCluster()) {
      ofFloor.topic(FloorTopology.OUTPUT);
      Iterator<Arrival> arrivals = Inputs.population(31, 0).arrivals(Long.MAX_VALUE);
      Inputs inputs = new Inputs(cluster.wire(), TICKS, BenchCluster.PARTITIONS);
      Topology meninx =
          MeninxTopology.build(
              TopologySettings.of(
                  "",
                  BenchCluster.PARTITIONS,
                  DecisionEngine.of(plan.engine()),
                  plan.engineVersion(),
                  cluster.registry()));
      Topology floor = FloorTopology.build(cluster.registry(), () -> {});
      ServiceSettings one = cluster.settings("meninx", "one", THREADS, 0);
      ServiceSettings other = ofFloor.settings("floor", "one", THREADS, 0);
      try (BenchCluster.Running decides = cluster.start(meninx, one, Optional.empty());
          BenchCluster.Running passes = ofFloor.start(floor, other, Optional.empty());
          Reader alerts = new Reader(one, Topic.PATHWAY_ALERTS.baseName());
          Reader outputs = new Reader(other, FloorTopology.OUTPUT)) {
        for (int round = 0; round <= plan.rounds(); round++) {
          for (int rate : RATES) {
            plan.progress()
                .accept("latency: " + rate + " inputs/s, round " + round + " of " + plan.rounds());
            List<Inputs.One> same = inputs.take(arrivals, (long) rate * seconds);
            List<Long> above = ages(cluster, same, rate, alerts);
            List<Long> below = ages(ofFloor, same, rate, outputs);
            if (round > 0) {
              add(samples, rate, above, below);
            }
          }
        }
        int most = RATES[RATES.length - 1];
        List<Inputs.One> once = inputs.take(arrivals, (long) most * seconds);
        String hotspots = Hotspots.of(cluster.directory(), () -> ages(cluster, once, most, alerts));
        requireRunning(decides);
        requireRunning(passes);
        return result(samples, seconds, one, "at " + most + " inputs/s " + hotspots);
      }
    }
  }

  /** Sends inputs at a steady rate, and waits for all that comes of them. */
  private static List<Long> ages(
      BenchCluster cluster, List<Inputs.One> inputs, int rate, Reader outputs)
      throws InterruptedException {
    send(cluster, inputs, rate);
    return outputs.take();
  }

  private static RowResult result(
      Samples samples, int seconds, ServiceSettings settings, String hotspots) {
    return new RowResult(
        "latency",
        samples.figures(),
        List.of(
            seconds
                + " s at each rate and round; the same inputs to the one stream and then to the"
                + " other, "
                + THREADS
                + " threads each, a broker for each in the same process; commits every "
                + settings.stream().commitInterval().toMillis()
                + " ms, which is most of the wait; record times are milliseconds",
            hotspots));
  }

  private static void requireRunning(BenchCluster.Running stream) {
    stream
        .runtime()
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException("a stream failed", failure);
            });
  }

  private static void add(Samples samples, int rate, List<Long> alerts, List<Long> floor) {
    String at = ", " + rate + "/s";
    double over = percentile(alerts, 0.99) - percentile(floor, 0.99);
    samples.add("p99 above the floor's" + at, "ms", Bar.atMost(ABOVE_THE_FLOOR_MILLIS), over);
    for (double share : new double[] {0.5, 0.99, 0.999}) {
      String name = share == 0.5 ? "p50" : share == 0.99 ? "p99" : "p99.9";
      samples.add("receipt to alert, " + name + at, "ms", percentile(alerts, share));
      samples.add("floor, " + name + at, "ms", percentile(floor, share));
    }
    samples.add("alerts seen" + at, "records", alerts.size());
  }

  private static double percentile(List<Long> values, double share) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  private static void send(BenchCluster cluster, List<Inputs.One> inputs, int rate) {
    long start = System.nanoTime();
    for (int i = 0; i < inputs.size(); i++) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / rate;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      cluster.send(inputs.get(i));
    }
    cluster.flush();
  }

  /** Reads what is committed all the time, and notes how old each record was. */
  private static final class Reader implements AutoCloseable {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Long> ages = new ArrayList<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile long lastSeen = System.nanoTime();

    Reader(ServiceSettings settings, String topic) {
      consumer =
          new KafkaConsumer<>(
              settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
      consumer.assign(
          IntStream.range(0, BenchCluster.PARTITIONS)
              .mapToObj(partition -> new TopicPartition(topic, partition))
              .toList());
      consumer.seekToBeginning(consumer.assignment());
      thread = Thread.ofPlatform().name("bench-" + topic).start(this::read);
    }

    private void read() {
      while (!ended) {
        var records = consumer.poll(Duration.ofMillis(20));
        long now = System.currentTimeMillis();
        synchronized (ages) {
          for (ConsumerRecord<byte[], byte[]> record : records) {
            ages.add(now - record.timestamp());
            lastSeen = System.nanoTime();
          }
        }
      }
      consumer.close();
    }

    /** The ages of all records up to when none came for a while. */
    List<Long> take() throws InterruptedException {
      while (System.nanoTime() - lastSeen < QUIET.toNanos()) {
        Thread.sleep(50);
      }
      synchronized (ages) {
        List<Long> taken = List.copyOf(ages);
        ages.clear();
        if (taken.isEmpty()) {
          throw new IllegalStateException("nothing was seen to measure");
        }
        return taken;
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended = true;
      thread.join();
    }
  }
}
