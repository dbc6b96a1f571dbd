package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentTest {
  private static final int MOST = 10;

  private final Recent<String, String> recent = new Recent<>(MOST, String::length);

  @Test
  void whatWasNotUsedForLongestGoesFirst() {
    recent.put("a", "1234");
    recent.put("b", "1234");
    assertThat(recent.get("a")).isEqualTo("1234");
    recent.put("c", "1234");
    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("a")).isNotNull();
    assertThat(recent.get("c")).isNotNull();
  }

  @Test
  void asManyGoAsTheNewOneNeeds() {
    recent.put("a", "123");
    recent.put("b", "123");
    recent.put("c", "123");
    recent.put("d", "12345");
    assertThat(recent.get("a")).isNull();
    assertThat(recent.get("b")).isNull();
    assertThat(recent.get("c")).isEqualTo("123");
    assertThat(recent.get("d")).isEqualTo("12345");
  }

  @Test
  void theLastOneStaysHoweverHeavy() {
    recent.put("a", "123");
    recent.put("b", "more than ten characters");
    assertThat(recent.get("a")).isNull();
    assertThat(recent.get("b")).isNotNull();
  }

  @Test
  void theSameKeyWeighsWhatWasPutLast() {
    for (int i = 0; i < MOST; i++) {
      recent.put("a", "1234567");
    }
    recent.put("b", "123");
    assertThat(recent.get("a")).isEqualTo("1234567");
    assertThat(recent.get("b")).isEqualTo("123");
  }

  @Test
  void whatIsRemovedWeighsNothing() {
    recent.put("a", "1234567");
    recent.remove("a");
    recent.remove("a");
    recent.put("b", "1234567");
    recent.put("c", "123");
    assertThat(recent.get("a")).isNull();
    assertThat(recent.get("b")).isNotNull();
    assertThat(recent.get("c")).isNotNull();
  }
}
