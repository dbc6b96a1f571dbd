package io.meninx.edition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.meninx.edition.Value.Items;
import io.meninx.edition.Value.Keys;
import io.meninx.edition.Value.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads YAML into a tree; for guideline editions and the settings of the service. Stricter than
 * YAML: one document, no key twice, no anchors, aliases or tags, since what is audited must say
 * what it means where it stands.
 */
public final class YamlReader {

  private static final int DEEPEST = 20;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final YAMLParser parser;
  private final Problems problems;

  private YamlReader(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The tree, or nothing when this cannot be read as YAML; then the problem was added. */
  public static Optional<Value> read(String text, Problems problems) {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        problems.add("", "the file is empty");
        return Optional.empty();
      }
      Value tree = new YamlReader(parser, problems).value("");
      if (parser.nextToken() != null) {
        problems.add("", "there is a second document; an edition is one");
      }
      YamlMarks.refuse(text, problems);
      return Optional.of(tree);
    } catch (JsonProcessingException e) {
      problems.add("", "not readable as YAML" + place(e.getLocation()));
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private static String place(JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }

  private Value value(String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> keys(path);
      case START_ARRAY -> items(path);
      case VALUE_STRING -> scalar(Scalar.Type.TEXT);
      case VALUE_NUMBER_INT -> scalar(Scalar.Type.WHOLE);
      case VALUE_NUMBER_FLOAT -> scalar(Scalar.Type.DECIMAL);
      case VALUE_TRUE, VALUE_FALSE -> scalar(Scalar.Type.TRUTH);
      case VALUE_NULL -> new Scalar(Scalar.Type.EMPTY, "");
      case FIELD_NAME, END_OBJECT, END_ARRAY, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new IOException("unexpected token");
    };
  }

  private Scalar scalar(Scalar.Type type) throws IOException {
    String text = parser.getText();
    return new Scalar(text.isEmpty() ? Scalar.Type.EMPTY : type, text);
  }

  private Keys keys(String path) throws IOException {
    Map<String, Value> values = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      String at = Problems.at(path, key);
      parser.nextToken();
      if (values.putIfAbsent(key, value(at)) != null) {
        problems.add(at, "this key stands here twice");
      }
    }
    return new Keys(values);
  }

  private Items items(String path) throws IOException {
    List<Value> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(Problems.at(path, values.size())));
    }
    return new Items(values);
  }
}
