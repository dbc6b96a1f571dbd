package io.meninx.readmodel;

/** A cursor that this read model did not give out for this question. */
public final class CursorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CursorException() {
    super("not a cursor of this list");
  }
}
