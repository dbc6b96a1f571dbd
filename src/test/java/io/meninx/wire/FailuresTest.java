package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrapped(Throwable cause) {
      super("of a patient", cause);
    }
  }

  private static RuntimeException failed() {
    try {
      throw new AssertionError(Optional.empty().orElseThrow());
    } catch (RuntimeException e) {
      return e;
    }
  }

  @Test
  void classesAndPlaceAreToldAndNoText() {
    String told = Failures.told(new Wrapped(new Wrapped(failed())));

    assertThat(told)
        .startsWith("Wrapped < Wrapped < NoSuchElementException at java.base/java.util.Optional.")
        .contains(" < io.meninx.wire.FailuresTest.failed(FailuresTest.java:")
        .contains(" < io.meninx.wire.FailuresTest.classesAndPlaceAreToldAndNoText(")
        .doesNotContain("patient", "No value present", "junit");
  }

  /** The JVM leaves the trace out of what is thrown very often. */
  @Test
  void withoutATraceTheClassesAreTold() {
    RuntimeException bare = new RuntimeException("of a patient", null, false, false) {};
    bare.setStackTrace(new StackTraceElement[0]);

    assertThat(Failures.told(new Wrapped(bare)))
        .startsWith("Wrapped < ")
        .contains(" at io.meninx.wire.FailuresTest.withoutATraceTheClassesAreTold(")
        .doesNotContain("patient");
    assertThat(Failures.told(bare)).doesNotContain(" at ", "patient");
  }

  @Test
  void whatCausesItselfHasAnEnd() {
    RuntimeException one = new RuntimeException();
    one.initCause(new IllegalStateException(one));

    assertThat(Failures.told(one)).startsWith("RuntimeException < IllegalStateException < ");
  }
}
