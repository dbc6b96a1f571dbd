package io.meninx.casefile;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every vignette and published case through the pure core alone gives the reviewed output. {@link
 * VignettesTest} shows that the topology gives the same; this one is quick enough to be run for
 * every mutation of a rule.
 */
class VignettesInMemoryTest {

  static Stream<Vignette> cases() {
    return Stream.concat(Vignette.vignettes().stream(), Vignette.published().stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theCoreGivesTheReviewedOutput(Vignette vignette) {
    vignette.checkGolden(vignette.playInMemory());
  }
}
