package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.FactWriter;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryRefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.io.JsonEncoder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs that a class of somebody else reads, chosen by name. */
class ForeignSerdeTest {
  private static final Instant T0 = Instant.parse("2025-01-01T00:00:00Z");
  private static final Fact FACT = Facts.kps("r", 80).build();
  private static final String PATIENT = FACT.header().patientId().value();

  private final ForeignSerdes serdes =
      ForeignSerdes.from(
          Map.of(
              "value.serde.kps-updates",
              JsonAvroSerde.class.getName(),
              JsonAvroSerde.SCHEMA,
              Topic.KPS_UPDATES.valueSchema().toString()));
  private final Driven driven =
      new Driven(new ScriptedEngine(), settings -> settings.withSerdes(serdes));

  @AfterEach
  void close() {
    driven.close();
  }

  @Test
  void aRecordItReadsIsDecidedLikeAnyOther() throws Exception {
    driven.tick(T0);
    send(json(FACT), marked());

    assertThat(driven.dispositions()).endsWith(Disposition.TICK, Disposition.DECIDED);
    assertThat(driven.journal().getLast().input())
        .hasValue(new io.meninx.journal.Input.OfFact(FACT));
  }

  @Test
  void theOtherTopicsAndTheTicksAreReadAsEver() {
    driven.tick(T0);
    driven.fact(Facts.csf("r").positive().build());

    assertThat(driven.dispositions()).endsWith(Disposition.TICK, Disposition.DECIDED);
  }

  /** What was kept for the first tick can't be read any more without the class: an operator may. */
  @Test
  void whatWasKeptAndIsPutAsideNeedNotBeReadAgain() throws Exception {
    send(json(FACT), marked());
    TopologySettings.SkippedRecord kept =
        new TopologySettings.SkippedRecord(Topic.KPS_UPDATES.baseName(), 0, 0);

    try (Driven without = new Driven(driven, new ScriptedEngine(), settings -> settings)) {
      assertThatThrownBy(() -> without.tick(T0))
          .rootCause()
          .hasMessageStartingWith("Failed on kps-updates:0:0: IllegalStateException");
    }
    try (Driven without =
        new Driven(driven, new ScriptedEngine(), s -> s.withSkipped(Set.of(kept)))) {
      without.tick(T0);

      assertThat(without.deadLetters())
          .extracting(DeadLetter::reason)
          .containsExactly("SKIPPED_BY_OPERATOR");
      assertThat(without.journal().getLast().groups())
          .extracting(group -> group.patientId().value())
          .containsExactly(PATIENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "{}", "deep", "{\"header\":null,\"kps\":null,\"ecog\":null}"})
  void whatItCannotReadIsADeadLetterWithItsUntouchedBytes(String text) {
    driven.tick(T0);
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    send(value, marked());

    DeadLetter letter = driven.deadLetters().getLast();
    assertThat(letter.reason()).isEqualTo("UNDECODABLE");
    assertThat(letter.value()).hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(value));
    assertThat(letter.headers()).extracting(DeadLetter.Header::name).containsExactly("json");
    assertThat(driven.dispositions()).endsWith(Disposition.DEAD_LETTER);
  }

  @Test
  void aValueOutOfRangeIsTheSameDeadLetterAsEver() throws Exception {
    driven.tick(T0);
    String text = new String(json(FACT), StandardCharsets.UTF_8).replace("80", "75");
    send(text.getBytes(StandardCharsets.UTF_8), marked());

    DeadLetter letter = driven.deadLetters().getLast();
    assertThat(letter.reason()).isEqualTo("OUT_OF_RANGE");
    assertThat(letter.field()).hasValue("kps");
  }

  @Test
  void whenWhatItNeedsIsAwayNothingIsSkippedAndNothingQuoted() {
    driven.tick(T0);
    driven.journal();

    assertThatThrownBy(() -> send("away".getBytes(StandardCharsets.UTF_8), marked()))
        .hasCauseInstanceOf(TransientFailureException.class)
        .rootCause()
        .hasMessage(
            "The class that reads kps-updates can't reach what it needs: SerializationException <"
                + " ConnectException");
    assertThat(driven.deadLetters()).isEmpty();
  }

  @Test
  void whenItIsRefusedAnOperatorMustAct() {
    driven.tick(T0);

    assertThatThrownBy(() -> send("refused".getBytes(StandardCharsets.UTF_8), marked()))
        .rootCause()
        .isInstanceOf(RegistryRefusedException.class);
    assertThat(driven.deadLetters()).isEmpty();
  }

  @Test
  void settingsThatCannotBeUsedAreNamed() {
    assertThatThrownBy(() -> ForeignSerdes.from(Map.of("value.serde", "no.such.Serde")))
        .hasMessage("value.serde: there is no class no.such.Serde on the class path");
    assertThatThrownBy(() -> ForeignSerdes.from(Map.of("value.serde", "java.lang.Object")))
        .hasMessage("value.serde: java.lang.Object is neither a Serde nor a Deserializer");
    assertThatThrownBy(
            () -> ForeignSerdes.from(Map.of("value.serde", JsonAvroSerde.class.getName())))
        .hasMessageContaining("does not take its settings: json.schema is missing");
    assertThatThrownBy(
            () ->
                ForeignSerdes.from(
                    Map.of("value.serde", JsonAvroSerde.class.getName(), "token", "json.schema")))
        .hasMessageEndingWith("does not take its settings: ConfigException")
        .hasNoCause();
    for (String topic : new String[] {"kps", "clock-ticks", "pathway-alerts"}) {
      assertThatThrownBy(() -> ForeignSerdes.from(Map.of("value.serde." + topic, "a.B")))
          .hasMessage("value.serde." + topic + " does not name a topic with events");
    }
  }

  @Test
  void withoutSettingsEveryValueIsOurs() {
    assertThat(ForeignSerdes.from(Map.of("schema.registry.url", "http://localhost:1")).open())
        .isEmpty();
  }

  private void send(byte[] value, Headers headers) {
    driven.send(Topic.KPS_UPDATES, PATIENT, value, T0, headers);
  }

  private static Headers marked() {
    return new RecordHeaders().add(JsonAvroSerde.HEADER, new byte[] {1});
  }

  private static byte[] json(Fact fact) throws Exception {
    var encoded = new FactWriter().encode(fact);
    Object datum =
        new GenericDatumReader<>(encoded.schema())
            .read(null, DecoderFactory.get().binaryDecoder(encoded.body(), null));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonEncoder encoder = EncoderFactory.get().jsonEncoder(encoded.schema(), out);
    new GenericDatumWriter<>(encoded.schema()).write(datum, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
