package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.avro.PatientState;
import io.meninx.wire.avro.StoredFact;
import io.meninx.wire.registry.SchemaDifferences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every schema of a value that leaves the process or stays in a store, against every release of it:
 * FULL_TRANSITIVE. A release is a directory under schemas/history with one self-contained file per
 * schema, which never changes again. {@code -Dschemas.release=N} writes that of today's schemas if
 * there is none.
 */
class SchemaEvolutionTest {
  private static final Path HISTORY = Path.of("schemas", "history");

  /** Today's schemas: of all topics, inputs and outputs, and of the stores. */
  static Stream<Schema> today() {
    return Stream.concat(
        Stream.of(Topic.values()).map(Topic::valueSchema),
        Stream.of(PatientState.getClassSchema(), StoredFact.getClassSchema()));
  }

  @BeforeAll
  static void writeARelease() throws Exception {
    String number = System.getProperty("schemas.release", "");
    Path release = HISTORY.resolve(number);
    if (number.matches("[1-9][0-9]*") && Files.notExists(release)) {
      Files.createDirectory(release);
      for (Schema schema : today().toList()) {
        Files.writeString(
            release.resolve(schema.getName() + ".avsc"), schema.toString(true) + "\n");
      }
      Files.write(HISTORY.resolve("SHA256SUMS"), sums());
    }
  }

  @ParameterizedTest
  @MethodSource("today")
  void everyVersionReadsEveryOther(Schema today) throws IOException {
    assertThat(problems(versions(today))).isEmpty();
  }

  @Test
  void theFirstReleaseHasEverySchema() {
    assertThat(today().map(Schema::getName))
        .allSatisfy(name -> assertThat(HISTORY.resolve("1").resolve(name + ".avsc")).exists());
  }

  /** The list of checksums is only ever added to. */
  @Test
  void aReleasedSchemaNeverChanges() throws Exception {
    assertThat(sums())
        .as("schemas/history/SHA256SUMS")
        .isEqualTo(Files.readAllLines(HISTORY.resolve("SHA256SUMS"), StandardCharsets.UTF_8));
  }

  private static List<String> sums() throws Exception {
    List<String> found = new ArrayList<>();
    for (Path release : releases()) {
      try (Stream<Path> files = Files.list(release)) {
        for (Path file : files.sorted().toList()) {
          byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
          found.add(
              HexFormat.of().formatHex(hash)
                  + "  "
                  + HISTORY.relativize(file).toString().replace('\\', '/'));
        }
      }
    }
    return found;
  }

  @Test
  void aBreakIsToldWithReleaseFieldAndReason() {
    Map<String, Schema> versions = new LinkedHashMap<>();
    versions.put("release 1", header("{\"name\":\"id\",\"type\":\"string\"}"));
    versions.put(
        "today",
        header("{\"name\":\"id\",\"type\":\"int\"},{\"name\":\"site\",\"type\":\"string\"}"));

    assertThat(problems(versions))
        .satisfiesExactlyInAnyOrder(
            line ->
                assertThat(line)
                    .startsWith("R of today can't read R of release 1: header.id: TYPE_MISMATCH"),
            line ->
                assertThat(line)
                    .startsWith(
                        "R of today can't read R of release 1: header.site:"
                            + " READER_FIELD_MISSING_DEFAULT_VALUE"),
            line ->
                assertThat(line)
                    .startsWith("R of release 1 can't read R of today: header.id: TYPE_MISMATCH"));
  }

  @Test
  void aCodeThatIsGoneIsABreakUnlessThereIsADefault() {
    Map<String, Schema> versions = new LinkedHashMap<>();
    versions.put("release 1", header(code("\"A\",\"B\"", "")));
    versions.put("today", header(code("\"A\"", "")));
    assertThat(problems(versions))
        .singleElement()
        .asString()
        .startsWith("R of today can't read R of release 1: header.code: MISSING_ENUM_SYMBOLS");

    versions.put("today", header(code("\"A\"", ",\"default\":\"A\"")));

    assertThat(problems(versions)).isEmpty();
  }

  private static String code(String symbols, String more) {
    return "{\"name\":\"code\",\"type\":{\"type\":\"enum\",\"name\":\"C\",\"symbols\":["
        + symbols
        + "]"
        + more
        + "}}";
  }

  private static Schema header(String fields) {
    return new Schema.Parser()
        .parse(
            "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"header\",\"type\":{\"type\":\"record\",\"name\":\"H\",\"fields\":["
                + fields
                + "]}}]}");
  }

  /** Both ways, for every pair. */
  private static List<String> problems(Map<String, Schema> versions) {
    List<String> problems = new ArrayList<>();
    versions.forEach(
        (readerName, reader) ->
            versions.forEach(
                (writerName, writer) ->
                    SchemaDifferences.between(reader, writer)
                        .forEach(
                            reason ->
                                problems.add(
                                    "%s of %s can't read %s of %s: %s"
                                        .formatted(
                                            reader.getName(),
                                            readerName,
                                            writer.getName(),
                                            writerName,
                                            reason)))));
    return problems;
  }

  private static Map<String, Schema> versions(Schema today) throws IOException {
    Map<String, Schema> versions = new LinkedHashMap<>();
    for (Path release : releases()) {
      Path file = release.resolve(today.getName() + ".avsc");
      if (Files.exists(file)) {
        versions.put(
            "release " + release.getFileName(), new Schema.Parser().parse(Files.readString(file)));
      }
    }
    assertThat(versions).isNotEmpty();
    versions.put("today", today);
    return versions;
  }

  static List<Path> releases() throws IOException {
    try (Stream<Path> entries = Files.list(HISTORY)) {
      return entries
          .filter(Files::isDirectory)
          .sorted(Comparator.comparingInt(path -> Integer.parseInt(path.getFileName().toString())))
          .toList();
    }
  }
}
