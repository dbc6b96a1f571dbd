package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.PatientId;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Samples;
import io.meninx.journal.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.junit.jupiter.api.Test;

/**
 * Values that a release once wrote to its output topics, one in a line, byte for byte: today's
 * engine reads them, the journal's chain holds, and nothing they said is lost. What was read is
 * written again by today's schema and seen through the released one: there it must be the same.
 * {@code -Dgolden.update=true} writes files of a new release; those that are there stay.
 */
class ReleasedOutputsTest {
  private static final int LINES = 12;
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "io", "meninx", "wire", "release-1");

  private final OutputReader reader = new OutputReader();
  private final OutputWriter writer = new OutputWriter("lm-nsclc", "1");

  private interface Reading {
    Encoded again(Schema schema, byte[] value) throws PoisonRecordException;
  }

  @Test
  void eventsOfRelease1() throws Exception {
    readAgain(
        Topic.PATHWAY_EVENTS,
        samples -> writer.event(new PatientId("patient-1"), samples.event()),
        (schema, value) -> {
          var read = reader.event(schema, value, 0, value.length);
          return writer.event(read.patientId(), read.value());
        });
  }

  @Test
  void alertsOfRelease1() throws Exception {
    readAgain(
        Topic.PATHWAY_ALERTS,
        samples -> writer.alert(new PatientId("patient-1"), samples.alert()),
        (schema, value) -> {
          var read = reader.alert(schema, value, 0, value.length);
          return writer.alert(read.patientId(), read.value());
        });
  }

  @Test
  void pathwaysOfRelease1() throws Exception {
    readAgain(
        Topic.PATIENT_PATHWAYS,
        samples ->
            writer.pathway(
                new PatientId("patient-1"),
                Instant.parse("2025-01-02T03:04:05.000006Z"),
                samples.state()),
        (schema, value) -> {
          var read = reader.pathway(schema, value, 0, value.length);
          return writer.pathway(read.patientId(), read.at(), read.state());
        });
  }

  @Test
  void deadLettersOfRelease1() throws Exception {
    readAgain(
        Topic.DEAD_LETTERS,
        samples -> writer.deadLetter(letter(samples)),
        (schema, value) -> writer.deadLetter(reader.deadLetter(schema, value, 0, value.length)));
  }

  @Test
  void theJournalOfRelease1AndItsChain() throws Exception {
    List<Encoded> entries = new ArrayList<>();
    Samples samples = Samples.ofRelease1(1);
    Sha256 link = Chain.GENESIS;
    for (int i = 0; i < 2 * LINES; i++) {
      OutputWriter.Linked linked = writer.journal(samples.entry(i), link);
      entries.add(linked.encoded());
      link = linked.link();
    }
    Schema released = released(Topic.PATHWAY_JOURNAL);
    Set<JournalEntry.Disposition> dispositions = EnumSet.noneOf(JournalEntry.Disposition.class);
    Sha256 previous = Chain.GENESIS;
    for (byte[] value : golden(Topic.PATHWAY_JOURNAL, entries)) {
      Sha256 verified = Chain.verify(previous, value).orElseThrow();
      LinkedEntry read = reader.journal(released, value, 0, value.length);
      assertThat(read.link()).isEqualTo(verified);
      dispositions.add(read.entry().disposition());
      assertSame(released, value, writer.journal(read.entry(), previous).encoded(), "link");
      previous = verified;
    }

    assertThat(dispositions).isEqualTo(EnumSet.allOf(JournalEntry.Disposition.class));
  }

  private static DeadLetter letter(Samples samples) {
    byte[] text = samples.event().eventId().getBytes(StandardCharsets.UTF_8);
    boolean whole = samples.alert().notifies();
    return new DeadLetter(
        PoisonReason.UNRECOGNIZED_ENUM.name(),
        whole ? Optional.of("header.status") : Optional.empty(),
        "csf-cytology-results",
        3,
        1L << 33,
        Instant.ofEpochMilli(1_735_700_000_123L),
        whole ? Optional.of(Instant.parse("2025-01-02T03:04:05.000006Z")) : Optional.empty(),
        whole ? Optional.of(text) : Optional.empty(),
        whole ? Optional.of(text) : Optional.empty(),
        whole
            ? List.of(
                new DeadLetter.Header("trace", Optional.of(text)),
                new DeadLetter.Header("none", Optional.empty()))
            : List.of(),
        "0.1.0",
        PoisonReason.UNRECOGNIZED_ENUM.kind().name(),
        whole
            ? Optional.empty()
            : Optional.of(
                new DeadLetter.Omitted(1L << 33, Optional.of(Sha256.of("key")), Optional.empty())));
  }

  private interface Drawing {
    Encoded from(Samples samples);
  }

  private void readAgain(Topic topic, Drawing drawing, Reading reading) throws Exception {
    Samples samples = Samples.ofRelease1(1);
    List<Encoded> drawn = new ArrayList<>();
    for (int i = 0; i < LINES; i++) {
      drawn.add(drawing.from(samples));
    }
    Schema released = released(topic);
    List<byte[]> values = golden(topic, drawn);

    assertThat(values).hasSize(LINES);
    for (byte[] value : values) {
      assertSame(released, value, reading.again(released, value), "");
    }
  }

  /** As the released schema sees both; but for the link, which is a hash of all bytes. */
  private static void assertSame(Schema released, byte[] before, Encoded again, String but)
      throws IOException {
    var was =
        new GenericDatumReader<org.apache.avro.generic.GenericRecord>(released)
            .read(null, new ByteDecoder().over(before, 0, before.length));
    var is =
        new GenericDatumReader<org.apache.avro.generic.GenericRecord>(again.schema(), released)
            .read(null, new ByteDecoder().over(again.body(), 0, again.body().length));
    for (Schema.Field field : released.getFields()) {
      if (!field.name().equals(but)) {
        assertThat(is.get(field.pos())).as(field.name()).isEqualTo(was.get(field.pos()));
      }
    }
  }

  private static Schema released(Topic topic) throws IOException {
    return new Schema.Parser()
        .parse(
            Files.readString(
                Path.of("schemas", "history", "1", topic.valueSchema().getName() + ".avsc")));
  }

  private static List<byte[]> golden(Topic topic, List<Encoded> written) throws IOException {
    Path file = GOLDEN.resolve(topic.baseName() + ".hex");
    if (Boolean.getBoolean("golden.update") && Files.notExists(file)) {
      Files.createDirectories(GOLDEN);
      Files.write(
          file,
          written.stream().map(value -> HexFormat.of().formatHex(value.body())).toList(),
          StandardCharsets.US_ASCII);
    }
    return Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
        .map(HexFormat.of()::parseHex)
        .toList();
  }
}
