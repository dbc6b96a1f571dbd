package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Fact;
import io.meninx.fact.FactArbitraries;
import io.meninx.journal.Input;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes are, reading them gives an input or a poison record, soon and within the
 * memory there is.
 */
class InputFuzzProperties {
  private final FactReader reader = new FactReader();
  private final OutputReader outputs = new OutputReader();

  @Property(tries = 5000)
  void anyBytesAreAnInputOrPoison(@ForAll("inputTopics") Topic topic, @ForAll byte[] bytes) {
    decodes(topic, topic.valueSchema(), bytes);
  }

  @Property(tries = 5000)
  void aDamagedRecordIsAnInputOrPoison(@ForAll("facts") Fact fact, @ForAll long seed)
      throws Exception {
    Encoded encoded = new FactWriter().encode(fact);
    byte[] damaged = encoded.body().clone();
    Random random = new Random(seed);
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
    }

    decodes(encoded.topic(), encoded.schema(), damaged);
  }

  @Property(tries = 2000)
  void aRecordCutShortIsPoison(@ForAll("facts") Fact fact, @ForAll long seed) throws Exception {
    Encoded encoded = new FactWriter().encode(fact);
    byte[] cut =
        java.util.Arrays.copyOf(encoded.body(), new Random(seed).nextInt(encoded.body().length));

    assertThat(decodes(encoded.topic(), encoded.schema(), cut)).isFalse();
  }

  @Property(tries = 2000)
  void anyBytesAreAJournalEntryOrPoison(@ForAll byte[] bytes) {
    try {
      assertThat(outputs.journal(Topic.PATHWAY_JOURNAL.valueSchema(), bytes, 0, bytes.length))
          .isNotNull();
    } catch (PoisonRecordException poison) {
      assertThat(poison.getCause()).isNull();
    }
  }

  @Test
  void aTextThatClaimsTwoGigabytesTakesNoMemory() {
    byte[] claim = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

    assertThat(decodes(Topic.KPS_UPDATES, Topic.KPS_UPDATES.valueSchema(), claim)).isFalse();
  }

  @Test
  void aListThatClaimsTwoThousandMillionItemsTakesNoMemory() {
    Schema foreign =
        SchemaBuilder.record("AlertResponse")
            .fields()
            .name("many")
            .type()
            .array()
            .items()
            .nullType()
            .noDefault()
            .endRecord();
    byte[] claim = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f};

    assertThat(decodes(Topic.ALERT_RESPONSES, foreign, claim)).isFalse();
  }

  @Test
  void aForeignSchemaThatContainsItselfCannotExhaustTheStack() {
    Schema foreign =
        new Schema.Parser()
            .parse(
                "{\"type\":\"record\",\"name\":\"KpsUpdate\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"KpsUpdate\"]}]}");
    byte[] deep = new byte[1_000_000];
    java.util.Arrays.fill(deep, (byte) 2);

    assertThat(decodes(Topic.KPS_UPDATES, foreign, deep)).isFalse();
  }

  private boolean decodes(Topic topic, Schema writerSchema, byte[] bytes) {
    try {
      Input input = reader.decode(topic, writerSchema, bytes, 0, bytes.length);
      assertThat(input).isNotNull();
      return true;
    } catch (PoisonRecordException poison) {
      assertThat(poison.getCause()).isNull();
      return false;
    }
  }

  @Provide
  Arbitrary<Topic> inputTopics() {
    return Arbitraries.of(Topic.inputs());
  }

  @Provide
  Arbitrary<Fact> facts() {
    return FactArbitraries.facts();
  }
}
