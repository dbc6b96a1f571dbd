package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameOrderTest {
  @Test
  void codesAreOrderedAsTheirNamesAre() {
    NameOrder<AlertCode> order = new NameOrder<>(AlertCode.class);
    for (AlertCode one : AlertCode.values()) {
      for (AlertCode other : AlertCode.values()) {
        assertThat(Integer.signum(order.compare(one, other)))
            .isEqualTo(Integer.signum(one.name().compareTo(other.name())));
      }
    }
  }
}
