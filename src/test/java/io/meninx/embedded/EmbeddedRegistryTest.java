package io.meninx.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers of Confluent's registry, word for word where a client looks at them. */
class EmbeddedRegistryTest {
  private static final String INT = "{\"schema\":\"\\\"int\\\"\"}";
  private static final String LONG = "{\"schema\":\"\\\"long\\\"\"}";
  private static final String TEXT = "{\"schema\":\"\\\"string\\\"\"}";

  private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    registry.close();
  }

  @Test
  void versionsOfASubject() throws Exception {
    assertThat(post("/subjects/s/versions", INT)).isEqualTo("200 {\"id\":1}");
    assertThat(post("/subjects/s/versions", LONG)).isEqualTo("200 {\"id\":2}");
    assertThat(post("/subjects/s/versions?normalize=false", INT)).isEqualTo("200 {\"id\":1}");

    assertThat(get("/subjects")).isEqualTo("200 [\"s\"]");
    assertThat(get("/subjects/s/versions")).isEqualTo("200 [1,2]");
    assertThat(get("/subjects/s/versions/latest"))
        .isEqualTo("200 {\"subject\":\"s\",\"version\":2,\"id\":2,\"schema\":\"\\\"long\\\"\"}");
    assertThat(get("/schemas/ids/1?fetchMaxId=false&subject=s"))
        .isEqualTo("200 {\"schema\":\"\\\"int\\\"\"}");
    assertThat(get("/schemas/ids/1/versions")).isEqualTo("200 [{\"subject\":\"s\",\"version\":1}]");
    assertThat(post("/subjects/s?deleted=false", INT))
        .isEqualTo("200 {\"subject\":\"s\",\"version\":1,\"id\":1,\"schema\":\"\\\"int\\\"\"}");
  }

  @Test
  void aVersionThatCannotReadTheOneBeforeIsRefused() throws Exception {
    post("/subjects/s/versions", INT);

    assertThat(post("/compatibility/subjects/s/versions/latest", LONG))
        .isEqualTo("200 {\"is_compatible\":true}");
    assertThat(post("/compatibility/subjects/s/versions/latest", TEXT))
        .isEqualTo("200 {\"is_compatible\":false}");
    assertThat(post("/subjects/s/versions", TEXT)).startsWith("409 {\"error_code\":409,");
  }

  @Test
  void theLevelOfASubjectCanBeChanged() throws Exception {
    assertThat(get("/config")).isEqualTo("200 {\"compatibilityLevel\":\"BACKWARD\"}");
    assertThat(put("/config/s", "{\"compatibility\":\"NONE\"}"))
        .isEqualTo("200 {\"compatibility\":\"NONE\"}");
    post("/subjects/s/versions", INT);

    assertThat(post("/subjects/s/versions", TEXT)).isEqualTo("200 {\"id\":2}");
  }

  @ParameterizedTest
  @CsvSource({
    "/schemas/ids/9, 404, 40403",
    "/subjects/none/versions, 404, 40401",
    "/subjects/s/versions/9, 404, 40402",
    "/subjects/s/versions/x, 422, 42202",
    "/nowhere, 404, 404",
  })
  void whatIsNotThereHasConfluentsCode(String path, int status, int code) throws Exception {
    post("/subjects/s/versions", INT);

    assertThat(get(path)).startsWith(status + " {\"error_code\":" + code + ",");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"schema\":\"{\"}|422|42201",
        "{\"schema\":\"message M {}\",\"schemaType\":\"PROTOBUF\"}|422|42201",
        "not json|400|400",
      })
  void whatIsNoAvroSchemaIsRefused(String body, int status, int code) throws Exception {
    assertThat(post("/subjects/s/versions", body))
        .startsWith(status + " {\"error_code\":" + code + ",");
  }

  @Test
  void onlyThisMachineReachesIt() {
    assertThat(registry.url()).startsWith("http://127.0.0.1:");
  }

  private String get(String path) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder().GET());
  }

  private String post(String path, String body) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)));
  }

  private String put(String path, String body) throws IOException, InterruptedException {
    return send(path, HttpRequest.newBuilder().PUT(BodyPublishers.ofString(body)));
  }

  private String send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer =
        http.send(request.uri(URI.create(registry.url() + path)).build(), BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
