package io.meninx.cli;

import io.meninx.replay.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Says on the terminal how far a run is, how fast, and how long it will take. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final double NANOS = 1e9;
  private static final double EVERY_SECONDS = 2;

  private final PrintWriter terminal;
  private final String what;
  private final long atMost;
  private final long start = System.nanoTime();
  private double told;
  private long done;

  /**
   * Says it here.
   *
   * @param what is done, for instance "entries replayed"
   * @param atMost how many there are, or a few more
   */
  TerminalProgress(PrintWriter terminal, String what, long atMost) {
    this.terminal = terminal;
    this.what = what;
    this.atMost = atMost;
  }

  @Override
  public synchronized void done(int entries) {
    done += entries;
    double seconds = seconds();
    if (seconds - told >= EVERY_SECONDS) {
      told = seconds;
      double rate = done / seconds;
      tell(
          "%,d of at most %,d %s, %,.0f/s, %s left"
              .formatted(done, atMost, what, rate, duration((atMost - done) / rate)));
    }
  }

  /** How many so far. */
  synchronized long done() {
    return done;
  }

  @Override
  public synchronized void close() {
    double seconds = Math.max(seconds(), 1e-3);
    tell("%,d %s in %s, %,.0f/s".formatted(done, what, duration(seconds), done / seconds));
  }

  private void tell(String line) {
    terminal.println(line);
    terminal.flush();
  }

  private double seconds() {
    return (System.nanoTime() - start) / NANOS;
  }

  private static String duration(double seconds) {
    long whole = Math.max(0, Math.round(seconds));
    return whole < 60
        ? String.format(Locale.ROOT, "%d s", whole)
        : String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
  }
}
