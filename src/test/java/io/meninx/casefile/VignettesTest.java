package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The project vignettes: synthetic cases, one idea each, with what the contract and the clinical
 * rules say must come out of them, and the reviewed output as a whole. The published cases have the
 * reviewed output only; JUDGEMENT.md beside it says why it is right.
 */
class VignettesTest {

  @TestFactory
  Stream<DynamicTest> projectVignettes() {
    return Vignette.vignettes().stream()
        .map(
            vignette ->
                DynamicTest.dynamicTest(
                    vignette.name(),
                    () -> {
                      byte[] played = vignette.play();
                      assertThat(
                              Expectation.differences(
                                  vignette.expectation(), Vignette.json(played)))
                          .as(vignette.name())
                          .isEmpty();
                      assertThat(vignette.playInMemory())
                          .as("second run, in memory")
                          .isEqualTo(played);
                      vignette.checkGolden(played);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> publishedCases() {
    return Vignette.published().stream()
        .map(
            vignette ->
                DynamicTest.dynamicTest(
                    vignette.name(),
                    () -> {
                      byte[] played = vignette.play();
                      assertThat(vignette.playInMemory())
                          .as("second run, in memory")
                          .isEqualTo(played);
                      vignette.checkGolden(played);
                    }));
  }
}
