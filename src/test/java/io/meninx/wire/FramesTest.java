package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramesTest {
  @Test
  void aFrameIsAZeroTheIdBigEndianAndTheBody() throws PoisonRecordException {
    byte[] framed = Frames.frame(0x01020384, new byte[] {9, 8});

    assertThat(framed).containsExactly(0, 1, 2, 3, 0x84, 9, 8);
    assertThat(Frames.schemaId(framed)).isEqualTo(0x01020384);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xff00ff})
  void everyIdSurvives(int id) throws PoisonRecordException {
    assertThat(Frames.schemaId(Frames.frame(id, new byte[0]))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void fewerBytesThanAFrameHasArePoison(int length) {
    assertThat(
            catchThrowableOfType(
                PoisonRecordException.class, () -> Frames.schemaId(new byte[length])))
        .hasMessage("FRAME_TOO_SHORT");
  }

  @Test
  void anotherFirstByteIsPoison() {
    byte[] json = {'{', '"', 'a', '"', ':', '1', '}'};

    assertThat(catchThrowableOfType(PoisonRecordException.class, () -> Frames.schemaId(json)))
        .hasMessage("FRAME_MAGIC");
  }
}
