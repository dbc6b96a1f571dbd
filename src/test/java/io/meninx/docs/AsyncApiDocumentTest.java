package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.Schemas;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The AsyncAPI document as it is committed: valid by the schema of AsyncAPI 3.0 (of the package
 * {@code @asyncapi/specs} 6.11.1, Apache-2.0), and about every topic.
 */
class AsyncApiDocumentTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final String text = Files.readString(GeneratedFiles.ASYNCAPI);
  private final JsonNode document = YAML.readTree(text);

  AsyncApiDocumentTest() throws IOException {}

  @Test
  void itIsValid() {
    assertThat(schema().validate(text, InputFormat.YAML)).isEmpty();
  }

  /** The schema can say no: also about the bindings of Kafka. */
  @Test
  void anInvalidOneIsSeen() {
    assertThat(schema().validate(text.replace("action: send", "action: shout"), InputFormat.YAML))
        .isNotEmpty();
    assertThat(
            schema().validate(text.replace("partitions: 12", "partitions: none"), InputFormat.YAML))
        .isNotEmpty();
  }

  @Test
  void itHasEveryTopicThatTheCodeKnowsAndNoOther() {
    assertThat(document.path("channels").findValuesAsText("address"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Arrays.stream(Topic.values()).map(Topic::baseName),
                    Stream.of(AlertCloudEvents.TOPIC))
                .toList());
  }

  @Test
  void everyMessageHasTheSchemaThatIsRegistered() {
    for (Topic topic : Topic.values()) {
      JsonNode payload =
          document.at("/components/messages/" + topic.valueSchema().getName() + "/payload");

      assertThat(new org.apache.avro.Schema.Parser().parse(payload.path("schema").toString()))
          .as(topic.baseName())
          .isEqualTo(Schemas.canonical(topic.valueSchema()));
    }
  }

  @Test
  void everyTopicIsReadOrWrittenByMeninx() {
    for (Topic topic : Topic.values()) {
      String action = topic.direction() == Topic.Direction.INPUT ? "receive" : "send";

      assertThat(document.at("/operations/" + action + "-" + topic.baseName() + "/action").asText())
          .isEqualTo(action);
    }
  }

  @Test
  void theJarHasIt() throws IOException {
    try (InputStream inJar =
        Objects.requireNonNull(Topic.class.getResourceAsStream("/web/asyncapi.yaml"))) {
      assertThat(new String(inJar.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  private static Schema schema() {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    try (InputStream in =
        Objects.requireNonNull(
            AsyncApiDocumentTest.class.getResourceAsStream("/asyncapi/asyncapi-3.0.0.json"))) {
      return registry.getSchema(in, InputFormat.JSON);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
