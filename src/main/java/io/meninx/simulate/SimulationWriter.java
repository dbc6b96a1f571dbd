package io.meninx.simulate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/**
 * Writes arrivals to a directory: for each input topic an Avro object container file of its values
 * in the order of arrival, {@code arrivals.avro} with the time and topic of each arrival in the
 * order over all topics, and {@code manifest.json} with counts and digests. The same arrivals give
 * the same bytes on every machine: nothing is compressed, and the markers between the blocks of a
 * file are computed from the seed. Holds one block of each file in memory.
 */
public final class SimulationWriter implements AutoCloseable {
  /** Name of the file with the order over all topics. */
  public static final String ORDER_FILE = "arrivals.avro";

  /** Name of the file with the counts. */
  public static final String MANIFEST_FILE = "manifest.json";

  /** Fields that manifests of others, such as those of archives, do not have all of. */
  private static final List<String> OWN_FIELDS = List.of("seed", "patients", "events", "files");

  private static final int MARKER_BYTES = 16;
  private static final Schema ORDER =
      SchemaBuilder.record("Arrival")
          .namespace("io.meninx.simulate")
          .doc("One arrival; its value is the next one of the topic's own file.")
          .fields()
          .name("at")
          .doc("Record time.")
          .type(LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG)))
          .noDefault()
          .name("topic")
          .doc("Name of the topic, without prefix.")
          .type()
          .stringType()
          .noDefault()
          .endRecord();

  private final Path directory;
  private final long seed;
  private final FactWriter facts = new FactWriter();
  private final Map<Topic, File> files = new EnumMap<>(Topic.class);
  private final File order;
  private Optional<Instant> first = Optional.empty();
  private Optional<Instant> last = Optional.empty();

  /**
   * What a directory holds that a simulation must not replace: files of an archive, or a manifest
   * that no simulation wrote, which may be all that tells whether other files are whole.
   *
   * @return the name of the file; empty when there is none
   * @throws IOException the directory can't be read
   */
  public static Optional<String> foreign(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> archived =
        Files.newDirectoryStream(directory, "journal-*.{avro,avro.part}")) {
      for (Path file : archived) {
        return Optional.of(file.getFileName().toString());
      }
    }
    Path manifest = directory.resolve(MANIFEST_FILE);
    return Files.exists(manifest) && !isOwn(manifest)
        ? Optional.of(MANIFEST_FILE)
        : Optional.empty();
  }

  private static boolean isOwn(Path manifest) throws IOException {
    try {
      JsonNode tree = new JsonMapper().readTree(Files.readAllBytes(manifest));
      return tree != null && OWN_FIELDS.stream().allMatch(tree::has);
    } catch (JsonProcessingException _) {
      return false;
    }
  }

  /**
   * Opens the files; those of an earlier simulation are replaced.
   *
   * @param directory made when it is not there
   * @param seed of the population
   * @throws IOException when a file cannot be written
   * @throws IllegalArgumentException the directory holds something {@link #foreign}
   */
  public SimulationWriter(Path directory, long seed) throws IOException {
    foreign(directory)
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(name + " is not of a simulation");
            });
    this.directory = directory;
    this.seed = seed;
    Files.createDirectories(directory);
    // A manifest says that the files are complete: there is none until they are.
    Files.deleteIfExists(directory.resolve(MANIFEST_FILE));
    this.order = new File(ORDER_FILE, ORDER);
    for (Topic topic : Topic.inputs()) {
      if (topic != Topic.CLOCK_TICKS) {
        files.put(topic, new File(topic.baseName() + ".avro", topic.valueSchema()));
      }
    }
  }

  /**
   * Writes what arrives, up to a number of messages.
   *
   * @return how many messages were written
   * @throws IOException when a file cannot be written
   */
  public long write(Iterator<Arrival> arrivals, long atMost) throws IOException {
    long before = order.count;
    while (order.count - before < atMost && arrivals.hasNext()) {
      write(arrivals.next());
    }
    return order.count - before;
  }

  private void write(Arrival arrival) throws IOException {
    Encoded encoded;
    try {
      encoded = facts.encode(arrival.fact());
    } catch (PoisonRecordException e) {
      throw new IllegalStateException("a simulated fact is not well-formed: " + e.field(), e);
    }
    File file = files.get(encoded.topic());
    if (file == null) {
      throw new IllegalStateException(encoded.topic() + " is no topic of facts");
    }
    file.append(encoded.body());
    GenericRecord entry = new GenericData.Record(ORDER);
    entry.put("at", ChronoUnit.MICROS.between(Instant.EPOCH, arrival.at()));
    entry.put("topic", encoded.topic().baseName());
    order.append(entry);
    first = first.or(() -> Optional.of(arrival.at()));
    last = Optional.of(arrival.at());
  }

  /**
   * Completes the files and writes the manifest.
   *
   * @param patients how many were asked for
   * @throws IOException when a file cannot be written
   */
  public void finish(long patients) throws IOException {
    close();
    Path part = directory.resolve(MANIFEST_FILE + ".part");
    try (OutputStream out = Files.newOutputStream(part);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      DefaultIndenter lines = new DefaultIndenter("  ", "\n");
      json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines));
      json.writeStartObject();
      json.writeNumberField("seed", seed);
      json.writeNumberField("patients", patients);
      json.writeNumberField("events", order.count);
      json.writeStringField("firstArrival", first.map(Instant::toString).orElse(null));
      json.writeStringField("lastArrival", last.map(Instant::toString).orElse(null));
      json.writeObjectFieldStart("files");
      for (File file : files.values()) {
        file.describe(json);
      }
      order.describe(json);
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
    }
    Files.move(
        part, directory.resolve(MANIFEST_FILE), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    for (File file : files.values()) {
      file.writer.close();
    }
    order.writer.close();
  }

  /** A container file on its way. */
  private final class File {
    private final String name;
    private final MessageDigest digest = sha256();
    private final DataFileWriter<GenericRecord> writer;
    private long count;

    File(String name, Schema schema) throws IOException {
      this.name = name;
      byte[] marker = sha256().digest((seed + " " + name).getBytes(StandardCharsets.UTF_8));
      OutputStream out = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)));
      this.writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
      writer.create(
          schema,
          new DigestOutputStream(out, digest),
          java.util.Arrays.copyOf(marker, MARKER_BYTES));
    }

    void append(byte[] body) throws IOException {
      writer.appendEncoded(ByteBuffer.wrap(body));
      count++;
    }

    void append(GenericRecord entry) throws IOException {
      writer.append(entry);
      count++;
    }

    void describe(JsonGenerator json) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeNumberField("count", count);
      json.writeStringField("sha256", HexFormat.of().formatHex(digest.digest()));
      json.writeEndObject();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
