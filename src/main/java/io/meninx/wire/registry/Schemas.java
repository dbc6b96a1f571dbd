package io.meninx.wire.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/** The text of schemas as registries see it. */
public final class Schemas {
  /** Avro's code generator writes it into the schemas it embeds; it says nothing about the data. */
  private static final String JAVA_STRING = "avro.java.string";

  private static final ObjectMapper JSON = new ObjectMapper();

  private Schemas() {}

  /**
   * The text to register: without {@code avro.java.string}, since with and without it are two
   * texts, two versions and two ids.
   */
  public static String canonicalText(Schema schema) {
    String text = schema.toString();
    return text.contains(JAVA_STRING) ? stripped(text) : text;
  }

  /** The schema without {@code avro.java.string}. */
  public static Schema canonical(Schema schema) {
    return new Schema.Parser().parse(canonicalText(schema));
  }

  private static String stripped(String text) {
    try {
      return new Schema.Parser()
          .parse(JSON.writeValueAsString(strip(JSON.readTree(text))))
          .toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema does not print as JSON", e);
    }
  }

  private static JsonNode strip(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(JAVA_STRING);
    }
    node.forEach(Schemas::strip);
    return node;
  }
}
