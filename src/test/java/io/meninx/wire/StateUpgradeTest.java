package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.PatientState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

/**
 * What a later release does with rows of an earlier one: an engine that writes the next format over
 * stores that hold format 1.
 */
class StateUpgradeTest {
  private static final byte EARLIER = 1;
  private static final byte LATER = StateCodec.FORMAT + 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StateCodec later =
      new StateCodec(LATER, Map.of(EARLIER, StateUpgrade.ofRelease("1")));

  @Test
  void aPatientsStateOfRelease1IsReadAndWrittenInTheNewFormat() throws IOException {
    byte[] row = StateFormatTest.golden(1, "patient-state.hex");
    PatientState state = StateFormatTest.state();

    PatientState read = later.decodeState(row);
    byte[] written = later.encode(read);

    assertThat(read).isEqualTo(state);
    assertThat(written[0]).isEqualTo(LATER);
    assertThat(later.decodeState(written)).isEqualTo(state);
  }

  @Test
  void aStoredFactOfEveryKindOfRelease1IsReadAndWrittenInTheNewFormat() throws IOException {
    for (Fact fact : StateFormatTest.everyKind()) {
      byte[] row = StateFormatTest.golden(1, "stored-" + fact.kind() + ".hex");
      StoredFact stored = new StoredFact(fact, Facts.at(9, "07:30"));

      assertThat(later.decodeFact(row)).isEqualTo(stored);
      assertThat(later.encode(later.decodeFact(row))[0]).isEqualTo(LATER);
      assertThat(later.decodeFact(later.encode(stored))).isEqualTo(stored);
    }
  }

  /** As if a field had come after the release whose rows are read. */
  @Test
  void aFieldThatIsNewHasItsDefaultInAnEarlierRow() throws IOException {
    Schema fact = io.meninx.wire.avro.StoredFact.getClassSchema();
    Schema before = without(fact, "fixed");
    StateCodec codec =
        new StateCodec(
            LATER,
            Map.of(
                EARLIER,
                new StateUpgrade(io.meninx.wire.avro.PatientState.getClassSchema(), before)));
    StoredFact stated = Facts.stored(Facts.csf("r").positive().fixed(true).volumeMl(6));
    byte[] row = asWrittenBy(before, fact, codec.encode(stated));

    assertThat(codec.decodeFact(row))
        .isEqualTo(Facts.stored(Facts.csf("r").positive().volumeMl(6)));
  }

  /** As if a field of the released schema were no longer there. */
  @Test
  void aFieldThatIsGoneIsPassedOver() throws IOException {
    Schema fact = io.meninx.wire.avro.StoredFact.getClassSchema();
    Schema before =
        new Schema.Parser()
            .parse(
                fact.toString()
                    .replaceFirst(
                        "\\{\"name\":\"fixed\"",
                        "{\"name\":\"gone\",\"type\":[\"null\",\"string\"],\"default\":null},{\"name\":\"fixed\""));
    StateCodec codec =
        new StateCodec(
            LATER,
            Map.of(
                EARLIER,
                new StateUpgrade(io.meninx.wire.avro.PatientState.getClassSchema(), before)));
    StoredFact stored = Facts.stored(Facts.csf("r").positive().fixed(true));

    assertThat(codec.decodeFact(asWrittenBy(before, fact, codec.encode(stored)))).isEqualTo(stored);
  }

  @Test
  void aFormatOfAReleaseToComeIsAClearErrorAndNoGuess() {
    byte[] row = later.encode(PatientState.EMPTY);
    List<Integer> known = IntStream.rangeClosed(1, StateCodec.FORMAT).boxed().toList();

    assertThatThrownBy(() -> new StateCodec().decodeState(row))
        .isInstanceOf(StateFormatException.class)
        .hasMessage(
            "a row in a store has format %d, this engine reads %s and no other"
                .formatted(LATER, known));
  }

  @Test
  void aDamagedEarlierRowIsAnErrorThatDoesNotQuoteIt() throws IOException {
    byte[] row = StateFormatTest.golden(1, "stored-CSF.hex");

    assertThatThrownBy(() -> later.decodeFact(java.util.Arrays.copyOf(row, row.length - 1)))
        .isInstanceOf(StateFormatException.class)
        .hasMessage("a row in a store is damaged");
  }

  /** The row as an engine with another schema would have written it, in the earlier format. */
  private static byte[] asWrittenBy(Schema schema, Schema today, byte[] row) throws IOException {
    Object datum =
        new GenericDatumReader<>(today, schema)
            .read(null, new ByteDecoder().over(row, 1, row.length - 1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(EARLIER);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Schema without(Schema schema, String field) throws IOException {
    JsonNode json = JSON.readTree(schema.toString());
    assertThat(removed(json, field)).isTrue();
    return new Schema.Parser().parse(json.toString());
  }

  private static boolean removed(JsonNode node, String field) {
    boolean found = false;
    Iterator<JsonNode> children = node.elements();
    while (children.hasNext()) {
      JsonNode child = children.next();
      if (child.path("name").asText().equals(field)) {
        children.remove();
        found = true;
      } else {
        found |= removed(child, field);
      }
    }
    return found;
  }
}
