package io.meninx.replay;

/** Takes differences as they are found; those of one partition in order, from one thread. */
@FunctionalInterface
public interface DivergenceSink {
  /** Keeps nothing. */
  DivergenceSink NONE = _ -> {};

  /** A difference was found. */
  void accept(Divergence divergence);
}
