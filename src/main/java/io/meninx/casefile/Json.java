package io.meninx.casefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into a tree and says where a key stands twice. Jackson's own check stops at the first
 * one and names no path.
 */
final class Json {

  /** Source text never gets into a message (invariant 9). */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** The tree, or nothing when this is no JSON; then the problem was added. */
  static Optional<JsonNode> read(byte[] text, Problems problems) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        problems.add("$", "the file is empty");
        return Optional.empty();
      }
      JsonNode tree = node(parser, "$", problems);
      if (parser.nextToken() != null) {
        problems.add("$", "there is more after the end of the JSON object");
      }
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      problems.add("$", whatIsWrong(e.getLocation()));
      return Optional.empty();
    }
  }

  /** Jackson gives none for numbers that are too long and what is nested too deep. */
  private static String whatIsWrong(@Nullable JsonLocation location) {
    return location == null
        ? "a number is too long, or something is nested too deep"
        : "this is not JSON (line %d, column %d)"
            .formatted(location.getLineNr(), location.getColumnNr());
  }

  private static JsonNode node(JsonParser parser, String path, Problems problems)
      throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, path, problems);
      case START_ARRAY -> array(parser, path, problems);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected token");
    };
  }

  private static ObjectNode object(JsonParser parser, String path, Problems problems)
      throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      String at = Problems.at(path, key);
      JsonNode value = node(parser, at, problems);
      if (object.has(key)) {
        problems.add(at, "this key stands here twice");
      } else {
        object.set(key, value);
      }
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser, String path, Problems problems)
      throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser, Problems.at(path, array.size()), problems));
    }
    return array;
  }
}
