package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Fact;
import io.meninx.fact.FactArbitraries;
import io.meninx.fact.StoredFact;
import io.meninx.journal.Input;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FactRoundTripProperties {
  private final FactWriter writer = new FactWriter();
  private final FactReader reader = new FactReader();
  private final StateCodec codec = new StateCodec();

  @Property
  void aFactIsReadAsItWasWritten(@ForAll("facts") Fact fact) throws PoisonRecordException {
    Encoded encoded = writer.encode(fact);

    assertThat(read(encoded)).isEqualTo(new Input.OfFact(fact));
  }

  @Property
  void aTickIsReadAsItWasWritten(@ForAll("instants") Instant time, @ForAll("ids") String instance)
      throws PoisonRecordException {
    assertThat(read(writer.encodeTick(time, instance))).isEqualTo(new Input.OfTick(time, instance));
  }

  @Property
  void aStoredFactIsReadAsItWasWritten(
      @ForAll("facts") Fact fact, @ForAll("instants") Instant receivedAt) {
    StoredFact stored = new StoredFact(fact, receivedAt);

    assertThat(codec.decodeFact(codec.encode(stored))).isEqualTo(stored);
  }

  private Input read(Encoded encoded) throws PoisonRecordException {
    return reader.decode(
        encoded.topic(), encoded.schema(), encoded.body(), 0, encoded.body().length);
  }

  @Provide
  Arbitrary<Fact> facts() {
    return FactArbitraries.facts();
  }

  @Provide
  Arbitrary<Instant> instants() {
    return FactArbitraries.instants();
  }

  @Provide
  Arbitrary<String> ids() {
    return FactArbitraries.ids();
  }
}
