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
      Cost decode = cost(of(cases, DECODED)::decode, 16, NOTHING, time);
      Map<Integer, Cost> inOrder = new TreeMap<>();
      Map<Integer, Cost> amended = new TreeMap<>();
      for (int size : sizes) {
        inOrder.put(size, inOrder(of(cases, size), time));
        amended.put(size, cost(of(cases, size)::amended, 16, NOTHING, time));
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
                  + Hotspots.of(scratch.path(), () -> inOrder(usual, 4 * millis))));
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

  private static final Runnable NOTHING = () -> {};

  /** The engine remembers a patient from one decision to the next; to make it so takes no part. */
  private Cost inOrder(DecideCases cases, long millis) throws Exception {
    return cost(cases::inOrder, cases.size(), cases::remember, millis);
  }

  /**
   * Of an operation.
   *
   * @param times how often it is done at one go
   * @param prepare is done before, and not counted
   * @param millis to be spent, at least
   */
  private Cost cost(Callable<?> operation, int times, Runnable prepare, long millis)
      throws Exception {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
      throw new IllegalStateException("this JVM does not count what a thread allocates");
    }
    long count = 0;
    double nanos = 0;
    double bytes = 0;
    do {
      prepare.run();
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < times; i++) {
        made = operation.call();
      }
      nanos += threads.getCurrentThreadCpuTime() - start;
      bytes += threads.getCurrentThreadAllocatedBytes() - allocated;
      count += times;
    } while (nanos < TimeUnit.MILLISECONDS.toNanos(millis));
    if (made.equals(List.of())) {
      throw new IllegalStateException("nothing was decided");
    }
    return new Cost(nanos / count / MICROS, bytes / count / KILOBYTE);
  }
}
