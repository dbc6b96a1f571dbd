package io.meninx.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestPairsTest {
  private record Life(String key, String code, long day) {
    Instant at() {
      return Instant.EPOCH.plusSeconds(day * 86_400);
    }
  }

  private static final Life FIRST = new Life("k1", "MRI", 1);
  private static final Life SECOND = new Life("k1", "MRI", 60);

  @Test
  void theLifeThatHasNoCounterpartIsTheOneThatIsFarther() {
    Life counterpart = new Life("k1", "MRI", 58);

    NearestPairs<Life> pairs = pairs(List.of(FIRST, SECOND), List.of(counterpart));

    assertThat(pairs.of(FIRST)).isEmpty();
    assertThat(pairs.of(SECOND)).hasValue(counterpart);
    assertThat(pairs.isPaired(counterpart)).isTrue();
  }

  @Test
  void theSameKeyGoesBeforeWhatIsNearerWithAnotherOne() {
    Life near = new Life("k2", "MRI", 1);
    Life same = new Life("k1", "MRI", 30);

    NearestPairs<Life> pairs = pairs(List.of(FIRST), List.of(near, same));

    assertThat(pairs.of(FIRST)).hasValue(same);
    assertThat(pairs.isPaired(near)).isFalse();
  }

  @Test
  void whatIsLeftIsPairedByItsCodeAndNothingElse() {
    Life other = new Life("k2", "KPS", 1);
    Life code = new Life("k3", "MRI", 59);

    NearestPairs<Life> pairs = pairs(List.of(FIRST, SECOND), List.of(other, code));

    assertThat(pairs.of(SECOND)).hasValue(code);
    assertThat(pairs.of(FIRST)).isEmpty();
    assertThat(pairs.isPaired(other)).isFalse();
  }

  /** What comes in January and would come in May is not the same one when another is between. */
  @Test
  void noPairCrossesAnother() {
    Life near = new Life("k1", "MRI", 59);
    Life late = new Life("k1", "MRI", 120);

    NearestPairs<Life> pairs = pairs(List.of(FIRST, SECOND), List.of(near, late));

    assertThat(pairs.of(SECOND)).hasValue(near);
    assertThat(pairs.of(FIRST)).isEmpty();
    assertThat(pairs.isPaired(late)).isFalse();
  }

  /** Two that are equal are still two. */
  @Test
  void eachHasOneCounterpart() {
    Life copy = new Life("k1", "MRI", 1);

    NearestPairs<Life> pairs = pairs(List.of(FIRST, copy), List.of(SECOND));

    assertThat(List.of(pairs.of(FIRST), pairs.of(copy)))
        .containsExactlyInAnyOrder(Optional.of(SECOND), Optional.empty());
  }

  private static NearestPairs<Life> pairs(List<Life> before, List<Life> after) {
    return new NearestPairs<>(Life::at)
        .pair(before, after, Life::key)
        .pair(before, after, Life::code);
  }
}
