package io.meninx.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.avro.PatientState;
import io.meninx.wire.avro.StoredFact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every schema under schemas/. */
class SchemasTest {
  private static final Path HISTORY = Path.of("schemas", "history");

  static Stream<Schema> named() {
    Map<String, Schema> found = new LinkedHashMap<>();
    for (Topic topic : Topic.values()) {
      collect(topic.valueSchema(), found);
    }
    collect(PatientState.getClassSchema(), found);
    collect(StoredFact.getClassSchema(), found);
    return found.values().stream();
  }

  private static void collect(Schema schema, Map<String, Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.putIfAbsent(schema.getFullName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM, FIXED -> found.putIfAbsent(schema.getFullName(), schema);
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(type -> collect(type, found));
      default -> {}
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void everyRecordEnumAndFieldSaysWhatItIs(Schema schema) {
    assertThat(schema.getDoc()).as(schema.getFullName()).isNotBlank();
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .allSatisfy(
              field ->
                  assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void everyEnumHasAPlaceForCodesOfTheFuture(Schema schema) {
    if (schema.getType() == Schema.Type.ENUM) {
      assertThat(schema.getEnumDefault()).isEqualTo("UNRECOGNIZED");
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void nothingIsFalseOrZeroByDefault(Schema schema) {
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .filteredOn(Schema.Field::hasDefaultValue)
          .allSatisfy(
              field ->
                  assertThat(field.defaultVal())
                      .as(schema.getName() + "." + field.name())
                      .isNotInstanceOf(Boolean.class)
                      .isNotInstanceOf(Number.class));
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void aNullableFieldIsNullByDefault(Schema schema) {
    if (schema.getType() == Schema.Type.RECORD) {
      assertThat(schema.getFields())
          .filteredOn(field -> field.schema().isNullable())
          .allSatisfy(
              field ->
                  assertThat(field.defaultVal())
                      .as(schema.getName() + "." + field.name())
                      .isEqualTo(JsonProperties.NULL_VALUE));
    }
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void everyClinicalFieldOfAnInputCanSayUnknown(Topic topic) {
    if (topic.direction() != Topic.Direction.INPUT || topic == Topic.CLOCK_TICKS) {
      return;
    }
    assertThat(topic.valueSchema().getFields())
        .filteredOn(field -> !field.name().equals("header") && !field.schema().isNullable())
        .allSatisfy(
            field -> {
              boolean list = field.schema().getType() == Schema.Type.ARRAY;
              boolean answer = topic == Topic.ALERT_RESPONSES && field.name().equals("action");
              assertThat(list || answer || "UNKNOWN".equals(field.defaultVal()))
                  .as(topic + "." + field.name())
                  .isTrue();
            });
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theRegisteredTextHasNoTraceOfTheLanguageItIsReadIn(Topic topic) {
    assertThat(topic.valueSchema().toString())
        .doesNotContain("avro.java.string")
        .doesNotContain("\"map\"");
  }

  @ParameterizedTest
  @EnumSource(Topic.class)
  void theRegisteredTextParsesByItself(Topic topic) {
    assertThat(new Schema.Parser().parse(topic.valueSchema().toString()))
        .isEqualTo(topic.valueSchema());
  }

  @Test
  void aFileHoldsTheRecordItIsNamedAfter() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("schemas"))) {
      List<Path> schemas =
          files
              .filter(file -> file.toString().endsWith(".avsc") && !file.startsWith(HISTORY))
              .toList();
      assertThat(schemas).hasSizeGreaterThan(25);
      for (Path file : schemas) {
        String name = file.getFileName().toString().replace(".avsc", "");
        assertThat(Files.readString(file)).contains("\"name\": \"" + name + "\"");
      }
    }
  }
}
