package io.meninx.guideline;

/** Writes down what is looked at, so that it is known what to look at again when it changes. */
final class Looked {
  private long aspects;

  void at(Aspect aspect) {
    aspects |= aspect.bit();
  }

  /** Everything looked at since this was asked last. */
  long take() {
    long taken = aspects;
    aspects = 0;
    return taken;
  }
}
