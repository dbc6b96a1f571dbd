package io.meninx.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class OffsetSetTest {
  private static final long FAR = Long.MAX_VALUE;

  @Test
  void holdsOffsetsThatAreAsFarApartAsTheyCanBe() {
    OffsetSet offsets = new OffsetSet();
    for (long offset : new long[] {FAR, 0, Integer.MAX_VALUE - 1L, 1L << 40}) {
      offsets.add(offset);
    }

    assertThat(offsets.stream()).containsExactly(0L, Integer.MAX_VALUE - 1L, 1L << 40, FAR);
    assertThat(offsets.contains(1)).isFalse();
    assertThat(offsets.contains(FAR - 1)).isFalse();
  }

  @Test
  void aCopyGoesItsOwnWay() {
    OffsetSet offsets = new OffsetSet();
    offsets.add(7);
    OffsetSet copy = offsets.copy();
    copy.remove(7);

    assertThat(copy.stream()).isEmpty();
    assertThat(offsets.contains(7)).isTrue();
  }

  @Property
  void doesWhatASetOfNumbersDoes(
      @ForAll Set<@LongRange(min = 0, max = 20_000) Long> some,
      @ForAll Set<@LongRange(min = 0, max = 20_000) Long> removed,
      @ForAll @LongRange(min = 0, max = 20_000) long from) {
    OffsetSet offsets = new OffsetSet();
    TreeSet<Long> expected = new TreeSet<>(some);
    some.forEach(offsets::add);
    removed.forEach(offsets::remove);
    expected.removeAll(removed);
    offsets.removeBefore(from);
    expected.headSet(from).clear();

    assertThat(offsets.stream().boxed()).containsExactlyElementsOf(expected);
    assertThat(offsets.contains(from)).isEqualTo(expected.contains(from));
  }
}
