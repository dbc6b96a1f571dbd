package io.meninx.service.api;

import static io.meninx.service.api.ServedApi.KEY;
import static io.meninx.service.api.ServedApi.alert;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.pathway.AlertState;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list and its changes from one read model: between the two nothing is missed. */
@Timeout(60)
class AlertStreamListTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OTHER = "f123456789abcdef0123456789abcdef";
  private static final String THIRD = "e123456789abcdef0123456789abcdef";

  @TempDir private Path directory;
  private ServedApi api;

  @BeforeEach
  void start() throws Exception {
    api = ServedApi.start(directory);
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  private BufferedReader stream(String query) throws Exception {
    HttpResponse<InputStream> stream = api.stream(query);
    return ServedApi.lines(stream);
  }

  private static JsonNode next(BufferedReader lines, String event) throws Exception {
    assertThat(lines.readLine()).isEqualTo("event: " + event);
    JsonNode data = JSON.readTree(lines.readLine().substring("data: ".length()));
    assertThat(lines.readLine()).isEmpty();
    return data;
  }

  @Test
  void theListComesBeforeTheChangesAndIsWrittenDown() throws Exception {
    api.feed.alert(alert(OTHER, 1, AlertState.ACTIVE));
    api.feed.alert(alert(THIRD, 1, AlertState.ACTIVE));
    api.feed.alert(alert(THIRD, 2, AlertState.RESOLVED));
    try (BufferedReader lines = stream("?list=500")) {
      next(lines, "behind");
      JsonNode list = next(lines, "list");

      assertThat(list.path("alerts"))
          .extracting(it -> it.path("alertKey").asText())
          .containsExactlyInAnyOrder(KEY, OTHER);
      assertThat(list.path("next").isNull()).isTrue();
      assertThat(list.at("/behind/records").asInt()).isEqualTo(3);
      assertThat(list.at("/behind/newest").asText()).isNotEmpty();
      Awaitility.await()
          .until(() -> api.accesses().stream().anyMatch(it -> it.path("patients").size() == 1));
      api.feed.alert(alert(KEY, 2, AlertState.ACKNOWLEDGED));
      assertThat(next(lines, "alert").at("/alert/state").asText()).isEqualTo("ACKNOWLEDGED");
    }
  }

  @Test
  void aListThatIsLongerGoesOnAsTheOneOfTheInterface() throws Exception {
    api.feed.alert(alert(OTHER, 1, AlertState.ACTIVE));
    try (BufferedReader lines = stream("?list=1")) {
      next(lines, "behind");
      JsonNode list = next(lines, "list");
      assertThat(list.path("alerts")).hasSize(1);
      String cursor = list.path("next").asText();

      JsonNode rest =
          JSON.readTree(
              api.get("/api/v1/alerts?limit=500&cursor=" + cursor, api.token("viewer")).body());
      assertThat(rest.path("alerts")).hasSize(1);
      assertThat(rest.at("/alerts/0/alertKey").asText())
          .isNotEqualTo(list.at("/alerts/0/alertKey").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?list=0", "?list=501", "?list=all", "?list=", "?list=1&list=2"})
  void whatIsNoNumberOfAlertsIsAProblem(String query) throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/alerts/stream" + query, api.token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith("list ");
  }
}
