package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.archive.ArchiveJournal;
import io.meninx.archive.Export;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import io.meninx.simulate.SimulationWriter;
import io.meninx.wire.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherOneOthers() throws IOException {
    assertThat(simulate("a", "--patients", "20", "--seed", "5")).isEqualTo(Meninx.DONE);
    assertThat(simulate("b", "--patients", "20", "--seed", "5")).isEqualTo(Meninx.DONE);
    assertThat(simulate("c", "--patients", "20", "--seed", "6")).isEqualTo(Meninx.DONE);

    assertThat(contents("a")).hasSize(9).usingRecursiveComparison().isEqualTo(contents("b"));
    assertThat(contents("c").get("kps-updates.avro"))
        .isNotEqualTo(contents("a").get("kps-updates.avro"));
  }

  @Test
  void everyTopicHasAContainerFileThatIsReadWithoutARegistry() throws IOException {
    assertThat(simulate("a", "--patients", "20")).isEqualTo(Meninx.DONE);

    JsonNode manifest = manifest("a");
    long all = 0;
    for (Topic topic : Topic.inputs()) {
      if (topic != Topic.CLOCK_TICKS) {
        List<GenericRecord> values = read("a", topic.baseName() + ".avro");
        assertThat(values).isNotEmpty();
        assertThat(values.getFirst().getSchema()).isEqualTo(topic.valueSchema());
        assertThat(manifest.at("/files").get(topic.baseName() + ".avro").get("count").asLong())
            .isEqualTo(values.size());
        all += values.size();
      }
    }
    assertThat(manifest.get("events").asLong()).isEqualTo(all);
    assertThat(out.toString()).contains(all + " messages about 20 patients");
  }

  @Test
  void theOrderOverAllTopicsIsKept() throws IOException {
    assertThat(simulate("a", "--patients", "10")).isEqualTo(Meninx.DONE);

    List<GenericRecord> order = read("a", SimulationWriter.ORDER_FILE);
    assertThat(order.stream().map(entry -> (long) entry.get("at")).toList()).isSorted();
    Map<String, Long> counts = new HashMap<>();
    order.forEach(entry -> counts.merge(entry.get("topic").toString(), 1L, Long::sum));
    JsonNode files = manifest("a").get("files");
    counts.forEach(
        (topic, count) ->
            assertThat(files.get(topic + ".avro").get("count").asLong()).isEqualTo(count));
  }

  @Test
  void eventsCutsOffOrAddsUpToTheNumber() throws IOException {
    assertThat(simulate("a", "--patients", "10", "--events", "55")).isEqualTo(Meninx.DONE);
    assertThat(simulate("b", "--patients", "10", "--events", "3000")).isEqualTo(Meninx.DONE);

    assertThat(manifest("a").get("events").asLong()).isEqualTo(55);
    assertThat(manifest("b").get("events").asLong()).isBetween(1000L, 3000L);
  }

  @Test
  void withoutPatientsThereAreEmptyFiles() throws IOException {
    assertThat(simulate("a", "--patients", "0")).isEqualTo(Meninx.DONE);
    assertThat(read("a", "kps-updates.avro")).isEmpty();
    assertThat(manifest("a").get("firstArrival").isNull()).isTrue();
  }

  /** It would delete the manifest, which is all that tells whether an archive is whole. */
  @Test
  void aDirectoryThatHoldsSomethingElseIsRefusedAndLeftAlone() throws IOException {
    Path archive = directory.resolve("archive");
    new Export(archive, "pathway-journal", 1 << 20, Progress.NONE)
        .run(Recording.journal(Recording.simulated(1, Duration.ofDays(4))));
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("manifest.json"), "{\"files\": {}}");
    Path files = Files.createDirectory(directory.resolve("files"));
    Files.writeString(files.resolve("journal-0000-000000000000.avro"), "all that is left");
    Path again = directory.resolve("again");

    for (Path foreign : List.of(archive, other, files)) {
      assertThat(meninx("simulate", "--patients", "1", "--to", foreign.toString()))
          .isEqualTo(Meninx.WRONG_USE);
    }
    assertThat(meninx("simulate", "--patients", "1", "--to", again.toString())).isZero();
    assertThat(meninx("simulate", "--patients", "1", "--to", again.toString())).isZero();

    assertThat(ArchiveJournal.open(archive).partitions()).containsExactly(0);
    assertThat(other.resolve("manifest.json")).content().isEqualTo("{\"files\": {}}");
    assertThat(files.resolve("arrivals.avro")).doesNotExist();
  }

  @Test
  void whatCannotBeUsedIsRefused() throws IOException {
    assertThat(simulate("a", "--patients", "-1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(simulate("a", "--events", "-1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(simulate("a", "--patients", "1", "--events", "1000000")).isEqualTo(Meninx.WRONG_USE);
    assertThat(meninx("simulate", "--to", "kafka")).isEqualTo(Meninx.WRONG_USE);
    assertThat(err.toString()).contains("--to kafka needs --config");
    Files.writeString(directory.resolve("file"), "no directory");
    assertThat(simulate("file", "--patients", "1")).isEqualTo(Meninx.WRONG_USE);
    assertThat(directory.resolve("a")).doesNotExist();
  }

  private JsonNode manifest(String name) throws IOException {
    Path file = directory.resolve(name).resolve(SimulationWriter.MANIFEST_FILE);
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private List<GenericRecord> read(String name, String file) throws IOException {
    List<GenericRecord> records = new ArrayList<>();
    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(
            directory.resolve(name).resolve(file).toFile(), new GenericDatumReader<>())) {
      reader.forEach(records::add);
    }
    return records;
  }

  private Map<String, byte[]> contents(String name) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private int simulate(String name, String... options) {
    List<String> words = new ArrayList<>(List.of("simulate"));
    words.addAll(List.of(options));
    words.addAll(List.of("--to", directory.resolve(name).toString()));
    return meninx(words.toArray(String[]::new));
  }

  private int meninx(String... words) {
    return Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), words);
  }
}
