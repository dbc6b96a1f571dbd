package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.topology.InputRecord.Header;
import io.meninx.wire.Topic;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputRecordTest {
  private static long length(List<Header> headers) {
    return new InputRecord(Topic.KPS_UPDATES, 0, 0, 0, new byte[2], new byte[3], headers).length();
  }

  @Test
  void namesOfHeadersCountInBytes() {
    assertThat(length(List.of(new Header("héé", new byte[4])))).isEqualTo(2 + 3 + 8 + 5 + 4);
  }

  /** Very many of them are a large record, though none has content. */
  @Test
  void headersWithoutContentCountToo() {
    assertThat(length(Collections.nCopies(1_000, new Header("", null)))).isEqualTo(5 + 8_000);
  }
}
