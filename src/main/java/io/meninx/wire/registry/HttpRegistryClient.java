package io.meninx.wire.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meninx.wire.registry.RegistryHttp.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;

/**
 * A client of Confluent's registry interface, which Redpanda, Karapace and Apicurio ({@code
 * /apis/ccompat/v7}) speak too. Only the id before the value is supported; ids in record headers
 * (Confluent 8.1, opt-in) are not.
 */
public final class HttpRegistryClient implements RegistryClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Confluent's codes for: no such subject, version, schema. */
  private static final Set<Integer> NOT_FOUND = Set.of(40401, 40402, 40403);

  /** Confluent's code for: the global level counts. */
  private static final int NO_LEVEL_OF_ITS_OWN = 40408;

  private record SubjectId(String subject, int id) {}

  private record SubjectSchema(String subject, Schema schema) {}

  private final RegistrySettings settings;
  private final RegistryHttp http;
  private final Map<SubjectId, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();

  /**
   * Connects when first asked.
   *
   * @throws IllegalArgumentException a trust or key store can't be used
   */
  public HttpRegistryClient(RegistrySettings settings) {
    this.settings = settings;
    this.http = new RegistryHttp(settings);
  }

  @Override
  public int idFor(String subject, Schema schema) {
    SubjectSchema key = new SubjectSchema(subject, schema);
    Integer known = ids.get(key);
    if (known != null) {
      return known;
    }
    int id = settings.useLatest() ? latestId(subject, schema) : ownId(subject, schema);
    ids.put(key, id);
    return id;
  }

  @Override
  public Schema schemaById(int id, String subject) {
    SubjectId key = new SubjectId(subject, id);
    Schema known = schemas.get(key);
    if (known != null) {
      return known;
    }
    Answer answer =
        http.get("/schemas/ids/" + id + "?fetchMaxId=false&subject=" + encoded(subject));
    Schema schema = readable(id, found(answer, "schema " + id));
    schemas.put(key, schema);
    return schema;
  }

  @Override
  public boolean compatible(String subject, Schema schema) {
    Answer answer =
        http.post("/compatibility/subjects/" + encoded(subject) + "/versions/latest", body(schema));
    if (NOT_FOUND.contains(errorCode(answer))) {
      return true;
    }
    JsonNode verdict = accepted(answer, "subject " + subject).path("is_compatible");
    if (!verdict.isBoolean()) {
      throw notARegistry(answer);
    }
    return verdict.booleanValue();
  }

  @Override
  public Optional<Integer> newestVersion(String subject) {
    Answer answer = latest(subject);
    if (NOT_FOUND.contains(errorCode(answer))) {
      return Optional.empty();
    }
    JsonNode version = accepted(answer, "subject " + subject).path("version");
    if (!version.isInt()) {
      throw notARegistry(answer);
    }
    return Optional.of(version.intValue());
  }

  @Override
  public String compatibilityLevel(String subject) {
    Answer own = http.get("/config/" + encoded(subject) + "?defaultToGlobal=true");
    // Not every registry knows this parameter.
    int code = errorCode(own);
    Answer answer =
        NOT_FOUND.contains(code) || code == NO_LEVEL_OF_ITS_OWN ? http.get("/config") : own;
    JsonNode level = accepted(answer, "the level of subject " + subject).path("compatibilityLevel");
    if (!level.isTextual()) {
      throw notARegistry(answer);
    }
    return level.textValue();
  }

  @Override
  public void setCompatibilityLevel(String subject, String level) {
    String body = JSON.createObjectNode().put("compatibility", level).toString();
    accepted(http.put("/config/" + encoded(subject), body), "a level of subject " + subject);
  }

  @Override
  public void close() {
    http.close();
  }

  private int ownId(String subject, Schema schema) {
    String query = "?normalize=" + settings.normalize();
    Answer answer =
        settings.autoRegister()
            ? http.post("/subjects/" + encoded(subject) + "/versions" + query, body(schema))
            : http.post("/subjects/" + encoded(subject) + query + "&deleted=false", body(schema));
    if (NOT_FOUND.contains(errorCode(answer))) {
      throw new RegistryRefusedException(
          "The schema is not registered under subject "
              + subject
              + " and "
              + RegistrySettings.AUTO_REGISTER
              + " is false");
    }
    return id(accepted(answer, "subject " + subject), answer);
  }

  /**
   * Records are written by the schema of this build, so the newest version has to be that schema,
   * documentation apart.
   */
  private int latestId(String subject, Schema schema) {
    Answer answer = latest(subject);
    JsonNode latest = accepted(answer, "subject " + subject);
    int id = id(latest, answer);
    Schema theirs = readable(id, latest);
    if (SchemaNormalization.parsingFingerprint64(theirs)
        != SchemaNormalization.parsingFingerprint64(Schemas.canonical(schema))) {
      throw new RegistryRefusedException(
          "The newest version of subject "
              + subject
              + " is another schema than this build writes, and "
              + RegistrySettings.USE_LATEST
              + " is true");
    }
    return id;
  }

  private Answer latest(String subject) {
    return http.get("/subjects/" + encoded(subject) + "/versions/latest");
  }

  private static int id(JsonNode answer, Answer raw) {
    if (!answer.path("id").isInt()) {
      throw notARegistry(raw);
    }
    return answer.path("id").intValue();
  }

  private static Schema readable(int id, JsonNode answer) {
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new SchemaUnusableException("Schema " + id + " is not an Avro schema");
    }
    if (!answer.path("references").isEmpty()) {
      throw new SchemaUnusableException(
          "Schema " + id + " has references, which are not supported");
    }
    try {
      // Names and defaults were the registry's to judge; here it only has to be readable.
      return new Schema.Parser(NameValidator.NO_VALIDATION)
          .setValidateDefaults(false)
          .parse(answer.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new SchemaUnusableException("Schema " + id + " is not a valid Avro schema", e);
    }
  }

  /**
   * A 404 without a registry's own code is a wrong address, which must not make dead letters of
   * good records.
   */
  private static JsonNode found(Answer answer, String what) {
    if (NOT_FOUND.contains(errorCode(answer))) {
      throw new SchemaNotFoundException("The registry has no " + what);
    }
    return accepted(answer, what);
  }

  private static JsonNode accepted(Answer answer, String what) {
    if (answer.status() == 200 && json(answer) instanceof JsonNode body && body.isObject()) {
      return body;
    }
    if (answer.status() == 200 || (answer.status() == 404 && errorCode(answer) < 10_000)) {
      throw notARegistry(answer);
    }
    throw new RegistryRefusedException(
        "The registry at %s refuses %s: status %d, code %d"
            .formatted(answer.url(), what, answer.status(), errorCode(answer)));
  }

  private static RegistryRefusedException notARegistry(Answer answer) {
    return new RegistryRefusedException(
        "What answers at %s is not a schema registry (status %d); check %s, its path too"
            .formatted(answer.url(), answer.status(), RegistrySettings.URL));
  }

  private static int errorCode(Answer answer) {
    return answer.status() < 400 ? 0 : json(answer).path("error_code").asInt(0);
  }

  private static JsonNode json(Answer answer) {
    try {
      JsonNode body = JSON.readTree(answer.body());
      return body == null ? MissingNode.getInstance() : body;
    } catch (JsonProcessingException _) {
      return MissingNode.getInstance();
    }
  }

  private static String body(Schema schema) {
    return JSON.createObjectNode().put("schema", Schemas.canonicalText(schema)).toString();
  }

  /** As one segment of a path: a space is %20 there, not a plus sign. */
  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
