package io.meninx.replay;

/** Is told how far a run is. Called from several threads. */
@FunctionalInterface
public interface Progress {
  /** Nobody looks. */
  Progress NONE = _ -> {};

  /** So many more entries are done. */
  void done(int entries);
}
