package io.meninx.readmodel;

import java.util.List;
import java.util.function.Consumer;

/** A read model that is kept. */
public interface Feed {
  /** Answers from what was read so far. */
  ReadModel model();

  /** How far that is behind. */
  Behind behind();

  /**
   * Calls back, on the thread that reads and so not for long, after alerts have changed, with those
   * that did as they are now.
   *
   * @return ends it
   */
  Runnable watch(Consumer<List<AlertRow>> watcher);
}
