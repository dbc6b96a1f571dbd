package io.meninx.wire;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is told of a failure in a log: its classes and where it was, never its text. The text of an
 * exception may quote anything, and so hold what is a patient's (invariant 9).
 */
public final class Failures {
  private static final String OURS = "io.meninx.";
  private static final int DEEPEST = 20;

  /** Of ours: enough to see who called what failed. */
  private static final int FRAMES = 4;

  private Failures() {}

  /**
   * Classes of the failure and its causes, and where the last of these was: the line that failed,
   * and those of Meninx that led to it.
   */
  public static String told(Throwable failure) {
    List<StackTraceElement> trace =
        chain(failure)
            .map(cause -> List.of(cause.getStackTrace()))
            .filter(frames -> !frames.isEmpty())
            .reduce(List.of(), (_, deeper) -> deeper);
    String place =
        Stream.concat(
                trace.stream().limit(1).filter(frame -> !ours(frame)),
                trace.stream().filter(Failures::ours).limit(FRAMES))
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    return classes(failure) + (place.isEmpty() ? "" : " at " + place);
  }

  /** Names of the classes of a failure and its causes. */
  public static String classes(Throwable failure) {
    return chain(failure)
        .map(cause -> cause.getClass().getSimpleName())
        .collect(Collectors.joining(" < "));
  }

  /** The failure and its causes, the outermost first. */
  public static Stream<Throwable> chain(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST);
  }

  private static boolean ours(StackTraceElement frame) {
    return frame.getClassName().startsWith(OURS);
  }
}
