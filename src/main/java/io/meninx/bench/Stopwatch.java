package io.meninx.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Times work, by the clock and by what the process took of the processors: the second is the same
 * on a machine that does other things too.
 */
final class Stopwatch {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private Stopwatch() {}

  /**
   * What work took.
   *
   * @param seconds by the clock
   * @param cpuSeconds of all threads of the process together, those of the JVM included
   */
  record Time(double seconds, double cpuSeconds) {}

  /** Seconds that it takes. */
  static double seconds(Callable<?> work) throws Exception {
    return time(work).seconds();
  }

  /** What it takes. */
  static Time time(Callable<?> work) throws Exception {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    work.call();
    return new Time((System.nanoTime() - start) / NANOS, (cpuNanos() - cpu) / NANOS);
  }

  /** Processor time of the process so far. */
  static long cpuNanos() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      return system.getProcessCpuTime();
    }
    throw new IllegalStateException("this JVM does not tell what it takes of the processors");
  }

  /** Time that compilers of the JVM (JIT) took so far; by the clock, so at least their share. */
  static long compilerNanos() {
    return TimeUnit.MILLISECONDS.toNanos(
        ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
  }
}
