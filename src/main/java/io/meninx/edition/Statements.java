package io.meninx.edition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the source guideline says (S) and where it leaves a gap (G), in our own words, with where
 * each is answered. Comes with the program; explanations and the table of rules are made from it.
 */
public final class Statements {
  private static final String RESOURCE = "/guidelines/statements.yaml";

  private final Map<String, Statement> statements;

  private Statements(Map<String, Statement> statements) {
    this.statements = statements;
  }

  /** How a statement is answered. */
  public enum Answer {
    /** By behaviour. */
    RULE,
    /** Attached to decisions; raises nothing. */
    INFORMATION,
    /** Only a person can answer; {@link Statement#why} says why nothing is raised. */
    PERSON,
    /** The source has nothing there. */
    EMPTY
  }

  /**
   * A statement or gap.
   *
   * @param id S or G with a number
   * @param says in our own words
   * @param answer how it is answered
   * @param why nothing is raised, for PERSON
   * @param parameters keys of the guideline file
   * @param code simple names of classes of {@code io.meninx.guideline}
   */
  public record Statement(
      String id,
      String says,
      Answer answer,
      Optional<String> why,
      List<String> parameters,
      List<String> code) {
    public Statement {
      parameters = List.copyOf(parameters);
      code = List.copyOf(code);
    }
  }

  /** The statements that come with the program. */
  public static Statements shipped() {
    try (@Nullable InputStream in = Statements.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in this build");
      }
      Map<String, Statement> statements = new LinkedHashMap<>();
      new YAMLMapper()
          .readTree(in)
          .path("statements")
          .properties()
          .forEach(
              entry -> statements.put(entry.getKey(), statement(entry.getKey(), entry.getValue())));
      return new Statements(statements);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Statement statement(String id, JsonNode node) {
    return new Statement(
        id,
        node.path("says").asText(),
        Answer.valueOf(node.path("answer").asText()),
        node.has("why") ? Optional.of(node.path("why").asText()) : Optional.empty(),
        texts(node.path("parameters")),
        texts(node.path("code")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  /** All, statements first, in the order of their numbers. */
  public List<Statement> all() {
    return List.copyOf(statements.values());
  }

  /** What a statement says; the id itself when there is none with it. */
  public String says(String id) {
    Statement statement = statements.get(id);
    return statement == null ? id : statement.says();
  }
}
