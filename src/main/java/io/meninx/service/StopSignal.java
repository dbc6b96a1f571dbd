package io.meninx.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a run to stop, and can make SIGTERM and SIGINT do so: the process then ends with the code of
 * the run, not with that of the signal, and in bounded time.
 */
public final class StopSignal {
  /** Of the 10 s that a stop may take. */
  private static final Duration LONGEST_STOP = Duration.ofMillis(9_500);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile ExitCode code = ExitCode.FAILED;

  /** Not asked yet. */
  public StopSignal() {}

  /**
   * From now on an orderly end of the JVM waits for the run.
   *
   * @param tell is told how it ends when that takes too long
   */
  public void installHook(Consumer<Ending> tell) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(tell), "meninx-stop"));
  }

  private void endInOrder(Consumer<Ending> tell) {
    ask();
    try {
      boolean inTime = ended.await(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        Ending late = Ending.late();
        code = late.code();
        tell.accept(late);
      }
      Runtime.getRuntime().halt(code.code());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks. */
  public void ask() {
    asked.countDown();
  }

  /** Whether it was asked, waiting at the most so long for it. */
  boolean asked(Duration limit) throws InterruptedException {
    return asked.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The run has ended, and everything about it was told. */
  public void ended(ExitCode with) {
    code = with;
    ended.countDown();
  }
}
