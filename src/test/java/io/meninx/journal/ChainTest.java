package io.meninx.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.wire.OutputWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChainTest {
  /** Computed apart from this code, with sha256sum. */
  @Test
  void aLinkIsTheHashOfTheLinkBeforeAndTheHashOfTheBody() {
    assertThat(Chain.link(Chain.GENESIS, "abc".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEqualTo(
            Sha256.ofHex("589f9ffed4c477966bfb8d41f37895b08c69047df8f911d6f3b57fbe08faee8d"));
  }

  @Test
  void aWholeChainVerifies() {
    Sha256 link = Chain.GENESIS;
    for (byte[] entry : chain(20)) {
      link = Chain.verify(link, entry).orElseThrow();
    }
    assertThat(link).isEqualTo(Chain.linkOf(chain(20).getLast()));
  }

  @Test
  void everyFlippedBitOfAnEntryBreaksTheChain() {
    List<byte[]> chain = chain(3);
    Sha256 previous = Chain.linkOf(chain.get(1));
    byte[] entry = chain.get(2);
    for (int bit = 0; bit < 8 * entry.length; bit++) {
      byte[] flipped = entry.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Chain.verify(previous, flipped)).isEmpty();
    }
  }

  @Test
  void aMissingARepeatedAndASwappedEntryBreakTheChain() {
    List<byte[]> chain = chain(3);
    Sha256 first = Chain.linkOf(chain.getFirst());

    assertThat(Chain.verify(first, chain.get(2))).isEmpty();
    assertThat(Chain.verify(first, chain.getFirst())).isEmpty();
    assertThat(Chain.verify(Chain.GENESIS, chain.get(1))).isEmpty();
  }

  @Test
  void aChainVerifiesWhenABodyWasErasedAndOnlyItsHashIsLeft() {
    List<byte[]> chain = chain(3);
    byte[] erased = chain.get(1);
    Sha256 bodyHash = Sha256.of(erased, 0, erased.length - Sha256.LENGTH);

    Sha256 link = Chain.link(Chain.linkOf(chain.getFirst()), bodyHash);

    assertThat(Chain.verify(link, chain.get(2))).isPresent();
  }

  @Test
  void fewerBytesThanALinkAreNoEntry() {
    assertThat(Chain.verify(Chain.GENESIS, new byte[31])).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> Chain.linkOf(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<byte[]> chain(int length) {
    OutputWriter writer = new OutputWriter("lm-nsclc", "1");
    List<byte[]> entries = new ArrayList<>();
    Sha256 link = Chain.GENESIS;
    for (int i = 0; i < length; i++) {
      OutputWriter.Linked linked = writer.journal(new Samples(i).entry(i), link);
      entries.add(linked.encoded().body());
      link = linked.link();
    }
    return entries;
  }
}
