package io.meninx.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.meninx.wire.registry.RegistryRefusedException;
import io.meninx.wire.registry.SchemaCatalog;
import io.meninx.wire.registry.SchemaCatalog.Level;
import io.meninx.wire.registry.SchemaCatalog.Version;
import io.meninx.wire.registry.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema registry on a free loopback port: Confluent's interface as far as its own client and
 * {@code topics --check} use it, with Confluent's answers and error codes. Avro only, in memory, no
 * authentication: for {@code demo} and tests.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int LARGEST_BODY = 1 << 20;

  private final SchemaCatalog catalog;
  private final HttpServer server;
  private final ExecutorService executor;

  private EmbeddedRegistry(SchemaCatalog catalog, HttpServer server) {
    this.catalog = catalog;
    this.server = server;
    this.executor = Executors.newVirtualThreadPerTaskExecutor();
  }

  /** Starts an empty registry. */
  public static EmbeddedRegistry start() {
    return start(new SchemaCatalog());
  }

  /** Starts a registry that answers from this catalogue. */
  public static EmbeddedRegistry start(SchemaCatalog catalog) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      EmbeddedRegistry registry = new EmbeddedRegistry(catalog, server);
      server.setExecutor(registry.executor);
      server.createContext("/", registry::handle);
      server.start();
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The schema registry can't listen on the loopback interface", e);
    }
  }

  /** Its address, for {@code schema.registry.url}. */
  public String url() {
    InetSocketAddress address = server.getAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** What it answers from. */
  public SchemaCatalog catalog() {
    return catalog;
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }

  /** An answer that says no, in Confluent's form. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final int code;

    Refusal(int status, int code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer = answer(exchange.getRequestMethod(), path(exchange), exchange);
      } catch (Refusal refusal) {
        status = refusal.status;
        answer =
            JSON.createObjectNode()
                .put("error_code", refusal.code)
                .put("message", refusal.getMessage());
      }
      byte[] body = JSON.writeValueAsBytes(answer);
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Segments are split before they are decoded: a subject may hold an encoded slash. */
  private static List<String> path(HttpExchange exchange) {
    return Arrays.stream(exchange.getRequestURI().getRawPath().split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private JsonNode answer(String method, List<String> path, HttpExchange exchange) {
    String first = path.isEmpty() ? "" : path.getFirst();
    List<String> rest = path.isEmpty() ? path : path.subList(1, path.size());
    return switch (first) {
      case "" -> JSON.createObjectNode();
      case "subjects" -> subjects(method, rest, exchange);
      case "schemas" -> schemas(rest);
      case "compatibility" -> compatibility(rest, exchange);
      case "config" -> config(method, rest, exchange);
      case "mode" -> JSON.createObjectNode().put("mode", "READWRITE");
      default -> throw noSuchPath();
    };
  }

  private JsonNode subjects(String method, List<String> path, HttpExchange exchange) {
    boolean post = method.equals("POST");
    return switch (path.size()) {
      case 0 -> strings(catalog.subjects());
      case 1 -> {
        if (!post) {
          throw new Refusal(405, 405, "HTTP 405 Method Not Allowed");
        }
        yield lookUp(path.getFirst(), schemaIn(exchange));
      }
      case 2 -> {
        requireVersions(path.get(1));
        yield post ? register(path.getFirst(), schemaIn(exchange)) : versions(path.getFirst());
      }
      case 3 -> {
        requireVersions(path.get(1));
        yield described(version(path.getFirst(), path.get(2)));
      }
      case 4 -> {
        requireVersions(path.get(1));
        yield json(Schemas.canonicalText(version(path.getFirst(), path.get(2)).schema()));
      }
      default -> throw noSuchPath();
    };
  }

  private JsonNode register(String subject, Schema schema) {
    try {
      return JSON.createObjectNode().put("id", catalog.register(subject, schema).id());
    } catch (RegistryRefusedException e) {
      throw new Refusal(409, 409, String.valueOf(e.getMessage()));
    }
  }

  private JsonNode lookUp(String subject, Schema schema) {
    requireSubject(subject);
    return described(
        catalog
            .find(subject, schema)
            .orElseThrow(() -> new Refusal(404, 40403, "Schema not found")));
  }

  private JsonNode versions(String subject) {
    requireSubject(subject);
    ArrayNode versions = JSON.createArrayNode();
    IntStream.rangeClosed(1, catalog.versionCount(subject)).forEach(versions::add);
    return versions;
  }

  private Version version(String subject, String text) {
    requireSubject(subject);
    int number;
    try {
      number = text.equals("latest") ? catalog.versionCount(subject) : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      number = 0;
    }
    if (number < 1) {
      throw new Refusal(
          422,
          42202,
          "The specified version is not a valid version id. Allowed values are 1 and up and"
              + " latest.");
    }
    return catalog
        .version(subject, number)
        .orElseThrow(() -> new Refusal(404, 40402, "Version not found."));
  }

  private JsonNode schemas(List<String> path) {
    if (path.equals(List.of("types"))) {
      return strings(List.of("AVRO"));
    }
    if (path.size() < 2 || !path.getFirst().equals("ids")) {
      throw noSuchPath();
    }
    int id = id(path.get(1));
    Schema schema =
        catalog.byId(id).orElseThrow(() -> new Refusal(404, 40403, "Schema " + id + " not found"));
    if (path.size() == 2) {
      return JSON.createObjectNode().put("schema", Schemas.canonicalText(schema));
    }
    return switch (path.get(2)) {
      case "schema" -> json(Schemas.canonicalText(schema));
      case "versions" -> versionsWith(id);
      default -> throw noSuchPath();
    };
  }

  private JsonNode versionsWith(int id) {
    ArrayNode found = JSON.createArrayNode();
    for (String subject : catalog.subjects()) {
      for (int i = 1; i <= catalog.versionCount(subject); i++) {
        catalog
            .version(subject, i)
            .filter(version -> version.id() == id)
            .ifPresent(
                version ->
                    found.addObject().put("subject", subject).put("version", version.version()));
      }
    }
    return found;
  }

  private JsonNode compatibility(List<String> path, HttpExchange exchange) {
    if (path.size() < 3 || !path.getFirst().equals("subjects") || !path.get(2).equals("versions")) {
      throw noSuchPath();
    }
    String subject = path.get(1);
    Schema schema = schemaIn(exchange);
    boolean compatible =
        path.size() == 3
            ? catalog.compatible(subject, schema)
            : catalog.compatibleWith(version(subject, path.get(3)), schema);
    ObjectNode answer = JSON.createObjectNode().put("is_compatible", compatible);
    String query = exchange.getRequestURI().getQuery();
    if (query != null && List.of(query.split("&", -1)).contains("verbose=true")) {
      answer.putArray("messages");
    }
    return answer;
  }

  private JsonNode config(String method, List<String> path, HttpExchange exchange) {
    if (path.size() > 1) {
      throw noSuchPath();
    }
    if (method.equals("PUT")) {
      Level level = levelIn(exchange);
      path.stream()
          .findFirst()
          .ifPresentOrElse(name -> catalog.level(name, level), () -> catalog.globalLevel(level));
      return JSON.createObjectNode().put("compatibility", level.name());
    }
    Level level = path.isEmpty() ? catalog.globalLevel() : catalog.level(path.getFirst());
    return JSON.createObjectNode().put("compatibilityLevel", level.name());
  }

  private static Level levelIn(HttpExchange exchange) {
    String name = bodyOf(exchange).path("compatibility").asText();
    return Arrays.stream(Level.values())
        .filter(level -> level.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Refusal(422, 42203, "Invalid compatibility level"));
  }

  private static Schema schemaIn(HttpExchange exchange) {
    JsonNode body = bodyOf(exchange);
    if (!body.path("schemaType").asText("AVRO").equals("AVRO")
        || !body.path("references").isEmpty()) {
      throw new Refusal(422, 42201, "Only Avro schemas without references are supported");
    }
    try {
      return new Schema.Parser().parse(body.path("schema").asText());
    } catch (SchemaParseException _) {
      throw new Refusal(422, 42201, "Invalid Avro schema");
    }
  }

  private static JsonNode bodyOf(HttpExchange exchange) {
    try {
      byte[] bytes = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        throw new Refusal(413, 413, "Request body too large");
      }
      JsonNode body = JSON.readTree(bytes);
      if (body == null || !body.isObject()) {
        throw new Refusal(422, 42201, "The body is not a JSON object");
      }
      return body;
    } catch (JsonProcessingException _) {
      throw new Refusal(400, 400, "The body is not JSON");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode described(Version version) {
    return JSON.createObjectNode()
        .put("subject", version.subject())
        .put("version", version.version())
        .put("id", version.id())
        .put("schema", Schemas.canonicalText(version.schema()));
  }

  private void requireSubject(String subject) {
    if (catalog.versionCount(subject) == 0) {
      throw new Refusal(404, 40401, "Subject '" + subject + "' not found.");
    }
  }

  private static void requireVersions(String segment) {
    if (!segment.equals("versions")) {
      throw noSuchPath();
    }
  }

  private static Refusal noSuchPath() {
    return new Refusal(404, 404, "HTTP 404 Not Found");
  }

  private static int id(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new Refusal(404, 404, "HTTP 404 Not Found");
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema does not print as JSON", e);
    }
  }

  private static JsonNode strings(List<String> values) {
    ArrayNode array = JSON.createArrayNode();
    new ArrayList<>(values).forEach(array::add);
    return array;
  }
}
