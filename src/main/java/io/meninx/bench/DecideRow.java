package io.meninx.bench;

import com.sun.management.ThreadMXBean;
import io.meninx.embedded.TemporaryDirectory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Deciding by the pure core, on one thread, in turn with decoding the same inputs. JMH measures the
 * same cases, each in a JVM of its own, with {@code mvn -Pjmh verify}.
 */
final class DecideRow implements Row {
  private static final int DECODED = 100;
  private static final double MICROS = TimeUnit.MICROSECONDS.toNanos(1);
  private static final double KILOBYTE = 1024;

  /** Keeps what was made, so that making it is not left out. */
  private Object made = List.of();

  /** Of one operation. */
  private record Cost(double micros, double kilobytes) {}

  @Override
  public RowResult measure(Plan plan) throws Exception {
    List<Integer> sizes = plan.quick() ? List.of(10, 100, 1_000) : List.of(10, 100, 1_000, 10_000);
    int most = sizes.getLast();
    long millis = plan.size(1_000, 400);
    Map<Integer, DecideCases> cases = new TreeMap<>();
    for (int size : sizes) {
      plan.progress().accept("decide: tells of patients with " + size + " facts");
      cases.put(size, new DecideCases(size));
    }
    Samples samples = new Samples();
    for (int round = 0; round <= plan.rounds(); round++) {
      plan.progress().accept("decide: round " + round + " of " + plan.rounds());
      long time = round == 0 ? 4 * millis : millis; // the first is for the compiler
      Cost decode = cost(of(cases, DECODED)::decode, time);
      Map<Integer, Cost> inOrder = new TreeMap<>();
      Map<Integer, Cost> amended = new TreeMap<>();
      for (int size : sizes) {
        inOrder.put(size, cost(of(cases, size)::inOrder, time));
        amended.put(size, cost(of(cases, size)::amended, time));
      }
      if (round > 0) {
        add(samples, decode, inOrder, amended, most);
      }
    }
    try (TemporaryDirectory scratch = TemporaryDirectory.create("bench")) {
      DecideCases usual = of(cases, DECODED);
      return new RowResult(
          "decide",
          samples.figures(),
          List.of(
              "one thread, the mix of simulate; time on the processor and allocation of that"
                  + " thread",
              "at "
                  + DECODED
                  + " facts "
                  + Hotspots.of(scratch.path(), () -> cost(usual::inOrder, 4 * millis))));
    }
  }

  private static void add(
      Samples samples,
      Cost decode,
      Map<Integer, Cost> inOrder,
      Map<Integer, Cost> amended,
      int most) {
    samples.add(
        "decide / decode, at " + DECODED + " facts",
        "",
        Bar.atMost(4),
        of(inOrder, DECODED).micros() / decode.micros());
    samples.add(
        "decide in order, " + most + " / 10 facts",
        "",
        Bar.atMost(1.5),
        of(inOrder, most).micros() / of(inOrder, 10).micros());
    samples.add("decode", "us", decode.micros());
    inOrder.forEach(
        (size, cost) -> {
          samples.add("in order, at " + size + " facts", "us", cost.micros());
          samples.add("in order, at " + size + " facts", "1/s", 1e6 / cost.micros());
          samples.add("in order, at " + size + " facts", "KB allocated", cost.kilobytes());
        });
    amended.forEach(
        (size, cost) -> {
          samples.add("oldest amended, at " + size + " facts", "us", cost.micros());
          samples.add("oldest amended, at " + size + " facts", "KB allocated", cost.kilobytes());
        });
  }

  private static <T> T of(Map<Integer, T> bySize, int size) {
    T found = bySize.get(size);
    if (found == null) {
      throw new IllegalStateException("nothing was measured at " + size + " facts");
    }
    return found;
  }

  private Cost cost(Callable<?> operation, long millis) throws Exception {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      throw new IllegalStateException("this JVM does not count what a thread allocates");
    }
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
    long count = 0;
    do {
      for (int i = 0; i < 16; i++) {
        made = operation.call();
      }
      count += 16;
    } while (threads.getCurrentThreadCpuTime() < end);
    double nanos = threads.getCurrentThreadCpuTime() - start;
    double bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    if (made.equals(List.of())) {
      throw new IllegalStateException("nothing was decided");
    }
    return new Cost(nanos / count / MICROS, bytes / count / KILOBYTE);
  }
}
