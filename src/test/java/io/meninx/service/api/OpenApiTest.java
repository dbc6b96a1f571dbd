package io.meninx.service.api;

import static io.meninx.service.api.ServedApi.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The description of the interface, against the running server: libraries of others read the
 * document, and every answer is what its schema says.
 */
@Timeout(60)
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry DRAFT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final String METASCHEMA = "https://json-schema.org/draft/2020-12/schema";

  @TempDir private Path directory;
  private ServedApi api;
  private JsonNode document;

  @BeforeEach
  void start() throws Exception {
    api = ServedApi.start(directory);
    document = new YAMLMapper().readTree(api.get("/openapi.yaml", "").body());
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  @Test
  void aReaderOfOpenApiHasNothingToSay() throws Exception {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult read =
        new OpenAPIV3Parser().readContents(api.get("/openapi.yaml", "").body(), null, options);

    assertThat(read.getMessages()).isEmpty();
    assertThat(read.isOpenapi31()).isTrue();
    assertThat(read.getOpenAPI().getPaths()).hasSameSizeAs(document.path("paths"));
  }

  @Test
  void everySchemaIsOneOfDraft202012() {
    Schema metaschema = DRAFT.getSchema(SchemaLocation.of(METASCHEMA));
    assertThat(document.at("/components/schemas")).isNotEmpty();
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                assertThat(metaschema.validate(schema.getValue())).as(schema.getKey()).isEmpty());
  }

  @Test
  void theDescriptionHasEveryRouteAndNoOther() {
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

    assertThat(document.path("openapi").asText()).startsWith("3.1.");
    assertThat(described).containsExactlyElementsOf(api.routes);
    assertThat(document.findValuesAsText("$ref"))
        .isNotEmpty()
        .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).isFalse());
  }

  /** Routes of the description, asked, and each answer against the schema of its status. */
  @ParameterizedTest
  @CsvSource({
    "get, /api/v1/patients/{id}, /api/v1/patients/anna, 200",
    "get, /api/v1/patients/{id}, /api/v1/patients/none, 404",
    "get, /api/v1/patients/{id}/timeline, /api/v1/patients/anna/timeline, 200",
    "get, /api/v1/patients/{id}/timeline, /api/v1/patients/anna/timeline?limit=1, 200",
    "get, /api/v1/patients/{id}/timeline, /api/v1/patients/none/timeline, 404",
    "get, /api/v1/patients/{id}/accesses, /api/v1/patients/anna/accesses, 200",
    "get, /api/v1/patients/{id}/accesses, /api/v1/patients/anna/accesses?day=soon, 400",
    "get, /api/v1/alerts, /api/v1/alerts, 200",
    "get, /api/v1/alerts, /api/v1/alerts?state=RESOLVED, 200",
    "get, /api/v1/alerts, /api/v1/alerts?limit=0, 400",
    "get, /api/v1/alerts/{alertKey}, /api/v1/alerts/" + KEY + ", 200",
    "get, /api/v1/alerts/{alertKey}, /api/v1/alerts/0, 404",
    "get, /api/v1/alerts/{alertKey}, /api/v1/alerts/00000000000000000000000000000000, 404",
    "get, /api/v1/topology, /api/v1/topology, 200",
    "get, /api/v1/session, /api/v1/session, 200",
    "get, /health/live, /health/live, 200",
    "get, /health/started, /health/started, 200",
    "get, /health/ready, /health/ready, 503",
    "get, /metrics, /metrics, 200",
    "get, /openapi.yaml, /openapi.yaml, 200",
    "get, /asyncapi.yaml, /asyncapi.yaml, 200",
    "get, /, /, 200",
    "get, /page.js, /page.js, 200",
    "get, /page.css, /page.css, 200",
    "get, /icon.svg, /icon.svg, 200"
  })
  void answersAreAsDescribed(String method, String route, String path, int status)
      throws Exception {
    isAsDescribed(method, route, status, api.get(path, api.token("viewer", "auditor")));
  }

  @ParameterizedTest
  @CsvSource({
    "responder, '{\"action\":\"ACKNOWLEDGED\"}', 202",
    "responder, '{\"action\":\"OVERRIDDEN\"}', 422",
    "responder, 'x', 400",
    "responder, '{\"action\":\"ACKNOWLEDGED\",\"revision\":9}', 409",
    "viewer, '{\"action\":\"ACKNOWLEDGED\"}', 403"
  })
  void answersToAnswersAreAsDescribed(String role, String body, int status) throws Exception {
    isAsDescribed(
        "post", "/api/v1/alerts/{alertKey}/responses", status, api.respond(body, api.token(role)));
  }

  /** A parameter that is described is known, and no other. */
  @Test
  void parametersAreThoseThatAreDescribed() throws Exception {
    for (String route : api.routes) {
      String method = route.substring(0, route.indexOf(' ')).toLowerCase(Locale.ROOT);
      String path = route.substring(route.indexOf(' ') + 1);
      if (path.startsWith("/api/")) {
        Set<String> known = new TreeSet<>();
        for (JsonNode one : document.path("paths").path(path).path(method).path("parameters")) {
          if (resolved(one).path("in").asText().equals("query")) {
            known.add(resolved(one).path("name").asText());
          }
        }
        HttpResponse<String> answer =
            api.send(
                HttpRequest.newBuilder()
                    .method(
                        method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString("{}"))
                    .header("Content-Type", "application/json"),
                path.replace("{id}", "anna").replace("{alertKey}", KEY) + "?statee=ACTIVE",
                api.token("viewer", "responder", "auditor"));
        isAsDescribed(method, path, 400, answer);
        assertThat(JSON.readTree(answer.body()).path("detail").asText())
            .startsWith("statee ")
            .endsWith(known.isEmpty() ? "; there is none." : " " + String.join(", ", known) + ".");
      }
    }
  }

  @Test
  void whoIsNotLetInIsToldAsDescribed() throws Exception {
    for (String route : api.routes) {
      String path = route.substring(route.indexOf(' ') + 1);
      if (path.startsWith("/api/") && route.startsWith("GET ")) {
        HttpResponse<String> answer =
            api.get(path.replace("{id}", "anna").replace("{alertKey}", KEY), "");
        isAsDescribed("get", path, 401, answer);
      }
    }
  }

  private void isAsDescribed(String method, String route, int status, HttpResponse<String> answer)
      throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode responses = document.path("paths").path(route).path(method).path("responses");
    JsonNode response =
        resolved(responses.path(responses.has("" + status) ? "" + status : "default"));
    assertThat(response.isMissingNode()).as(route + " " + status).isFalse();
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0].strip();
    JsonNode content = response.path("content").path(type);
    assertThat(content.isMissingNode()).as(route + " says " + type).isFalse();
    if (type.endsWith("json")) {
      assertThat(errors(content.path("schema"), JSON.readTree(answer.body())))
          .as(answer.body())
          .isEmpty();
    }
  }

  /** What a client of the stream gets. */
  @Test
  void theStreamIsAsDescribed() throws Exception {
    HttpResponse<InputStream> stream = api.stream("");
    JsonNode content = document.at("/paths/~1api~1v1~1alerts~1stream/get/responses/200/content");
    assertThat(stream.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(content.has("text/event-stream")).isTrue();
    try (BufferedReader lines = ServedApi.lines(stream)) {
      assertThat(lines.readLine()).isEqualTo("event: behind");
      assertThat(errors("StreamedBehind", lines.readLine())).isEmpty();
      assertThat(lines.readLine()).isEmpty();
      api.feed.alert(ServedApi.alert(KEY, 2, io.meninx.pathway.AlertState.ACKNOWLEDGED));
      assertThat(lines.readLine()).isEqualTo("event: alert");
      assertThat(errors("StreamedAlert", lines.readLine())).isEmpty();
    }
  }

  @Test
  void theListInTheStreamIsAsDescribed() throws Exception {
    HttpResponse<InputStream> stream = api.stream("?list=5");
    try (BufferedReader lines = ServedApi.lines(stream)) {
      assertThat(lines.lines().filter(line -> line.equals("event: list")).findFirst()).isPresent();
      assertThat(errors("Alerts", lines.readLine())).isEmpty();
    }
  }

  private List<Error> errors(String schema, String data) throws IOException {
    assertThat(data).startsWith("data: ");
    JsonNode ref = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    return errors(ref, JSON.readTree(data.substring("data: ".length())));
  }

  /** A schema of the document, with the others beside it. */
  private List<Error> errors(JsonNode schema, JsonNode value) {
    ObjectNode whole = schema.deepCopy();
    whole.set("components", document.path("components"));
    return DRAFT
        .getSchema(whole)
        .validate(
            value,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
