package io.meninx.service.api;

import static io.meninx.service.api.ServedApi.KEY;
import static io.meninx.service.api.ServedApi.alert;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.readmodel.AlertRow;
import io.meninx.readmodel.Samples;
import io.meninx.wire.Published;
import java.io.BufferedReader;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The interface on a running server, with tokens: what it tells. */
@Timeout(60)
class ApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

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

  @Test
  void aPatientIsToldWithTheReasonsAndHowFarBehindThatIs() throws Exception {
    JsonNode answer = JSON.readTree(api.get("/api/v1/patients/anna", api.token("viewer")).body());

    assertThat(answer.at("/behind/records").asInt()).isEqualTo(3);
    assertThat(answer.at("/behind/ageSeconds").asInt()).isEqualTo(3600);
    assertThat(answer.at("/state/type").asText()).isEqualTo("IA");
    assertThat(answer.at("/why/0/type").asText()).isEqualTo("CLASSIFICATION_CHANGED");
    assertThat(answer.at("/alerts/0/alertKey").asText()).isEqualTo(KEY);
  }

  /** Its revisions were deleted by the brokers; the state still names it. */
  @Test
  void anOpenAlertWithoutARevisionIsToldAsTheStateSaysIt() throws Exception {
    api.feed.pathway(
        Samples.pathway(
            "anna", 2, Samples.line(AlertCode.MRI_DUE), Samples.line(AlertCode.BIOPSY_NEEDED)));

    JsonNode answer = JSON.readTree(api.get("/api/v1/patients/anna", api.token("viewer")).body());

    assertThat(answer.path("alerts")).hasSize(1);
    assertThat(answer.path("alertsNotRead").toString())
        .isEqualTo(
            "[{\"code\":\"BIOPSY_NEEDED\",\"stage\":\"OVERDUE\",\"priority\":\"STAT\","
                + "\"state\":\"ESCALATED\",\"gap\":null,\"dueAt\":\"2026-03-01T08:00:00Z\"}]");
    assertThat(answer.at("/behind/alertsNotRead").asInt()).isEqualTo(1);
    assertThat(
            JSON.readTree(api.get("/api/v1/alerts", api.token("viewer")).body())
                .at("/behind/alertsNotRead")
                .asInt())
        .isEqualTo(1);
  }

  /** However long a history is: who has been followed for years is told by the last event. */
  @Test
  void whatWasWithdrawnAtTheEndOfALongHistoryDoesNotStand() throws Exception {
    List<Published<PathwayEvent>> events = new ArrayList<>();
    EventType issued = EventType.RECOMMENDATION_ISSUED;
    events.add(Samples.event("anna", "allowed", issued, "INTRATHECAL_ELIGIBLE", 2));
    for (int i = 0; i < 20_500; i++) {
      events.add(Samples.event("anna", "type " + i, 3));
    }
    EventType withdrawn = EventType.RECOMMENDATION_WITHDRAWN;
    events.add(Samples.event("anna", "withdrawn", withdrawn, "INTRATHECAL_ELIGIBLE", 4));
    EventType raised = EventType.CONTRAINDICATION_RAISED;
    events.add(Samples.event("anna", "raised", raised, "LUMBAR_PUNCTURE_LABS", 4));
    api.feed.events(events);
    api.feed.pathway(
        Samples.pathway("anna", 5, List.of(), List.of(ContraindicationCode.LUMBAR_PUNCTURE_LABS)));

    JsonNode answer = JSON.readTree(api.get("/api/v1/patients/anna", api.token("viewer")).body());

    assertThat(answer.path("why").findValuesAsText("eventId"))
        .containsExactly("type 20499", "raised");
  }

  @Test
  void theTimelineHasEventsAndAlerts() throws Exception {
    JsonNode answer =
        JSON.readTree(
            api.get("/api/v1/patients/anna/timeline?limit=1", api.token("viewer")).body());
    assertThat(answer.at("/entries/0/kind").asText()).isEqualTo("EVENT");

    String next = answer.path("next").asText();
    JsonNode rest =
        JSON.readTree(
            api.get("/api/v1/patients/anna/timeline?cursor=" + next, api.token("viewer")).body());
    assertThat(rest.at("/entries/0/alertKey").asText()).isEqualTo(KEY);
    assertThat(rest.path("next").isNull()).isTrue();
  }

  @Test
  void anAlertIsExplainedInWords() throws Exception {
    JsonNode answer = JSON.readTree(api.get("/api/v1/alerts/" + KEY, api.token("auditor")).body());

    assertThat(answer.path("explanation").toString()).contains("csf cytology positive");
    assertThat(answer.path("revisions")).hasSize(1);
  }

  @Test
  void alertsAreFoundByPriorityStateAndCode() throws Exception {
    assertThat(api.get("/api/v1/alerts?priority=STAT&code=MRI_DUE", api.token("viewer")).body())
        .contains(KEY);
    assertThat(api.get("/api/v1/alerts?priority=ROUTINE", api.token("viewer")).body())
        .doesNotContain(KEY);
    assertThat(api.get("/api/v1/alerts?state=RESOLVED", api.token("viewer")).body())
        .doesNotContain(KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=OPEN",
        "priority=stat",
        "limit=0",
        "limit=501",
        "cursor=%25",
        "statee=ACTIVE",
        "statee",
        "state=ACTIVE&State=ACTIVE",
        "cursor=zz",
        "cursor=",
        "limit=1&limit=2"
      })
  void aQuestionThatIsNotInOrderIsAProblem(String query) throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/alerts?" + query, api.token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("status").asInt()).isEqualTo(400);
  }

  @Test
  void aCursorOfAnotherListIsAProblemAndNoEmptyPage() throws Exception {
    api.feed.alert(alert("f".repeat(32), 1, AlertState.ACTIVE));
    String token = api.token("viewer");
    String next =
        JSON.readTree(api.get("/api/v1/alerts?limit=1", token).body()).path("next").asText();
    assertThat(api.get("/api/v1/alerts?cursor=" + next, token).statusCode()).isEqualTo(200);

    for (String other :
        List.of("alerts?priority=STAT&", "alerts?state=ACTIVE&", "patients/anna/timeline?")) {
      HttpResponse<String> answer = api.get("/api/v1/" + other + "cursor=" + next, token);
      assertThat(answer.statusCode()).as(other).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith("cursor ");
    }
  }

  /** Who mistypes a filter must not take the whole list, or an empty one, for what was asked. */
  @Test
  void aParameterThatIsNotKnownIsNamed() throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/alerts?statee=ACTIVE", api.token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("detail").asText())
        .isEqualTo("statee is not known here; known are code, cursor, limit, priority, state.");
  }

  @Test
  void whatIsNoNameIsNotRepeated() throws Exception {
    HttpResponse<String> answer =
        api.get("/api/v1/alerts?Anna%20Doe%201950=x", api.token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("detail").asText())
        .isEqualTo(
            "A parameter is not known here; known are code, cursor, limit, priority, state.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patients/none",
        "patients/none/timeline",
        "alerts/0",
        "alerts/00000000000000000000000000000000"
      })
  void whatIsNotThereIsToldWithHowFarBehindThatIs(String path) throws Exception {
    HttpResponse<String> answer = api.get("/api/v1/" + path, api.token("viewer"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(JSON.readTree(answer.body()).at("/behind/records").asInt()).isEqualTo(3);
    JsonNode behind = JSON.readTree(answer.body()).at("/behind");
    assertThat(Instant.parse(behind.at("/logicalTime").asText()))
        .isEqualTo(Instant.parse(behind.at("/newest").asText()).plusSeconds(90));
  }

  @ParameterizedTest
  @CsvSource({
    "application/jsonfoo, 415",
    "application/json-patch+json, 415",
    "text/plain, 415",
    "application/json, 202",
    "application/json; charset=utf-8, 202",
    "Application/JSON ;charset=UTF-8, 202"
  })
  void onlyJsonIsTakenForJson(String type, int status) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"ACKNOWLEDGED\"}"));

    assertThat(
            api.send(request, "/api/v1/alerts/" + KEY + "/responses", api.token("responder"))
                .statusCode())
        .isEqualTo(status);
  }

  @Test
  void anAnswerToAnAlertGoesOutWithWhoGaveIt() throws Exception {
    HttpResponse<String> answer =
        api.respond(
            "{\"action\":\"SNOOZED\",\"snoozeDays\":2,\"reason\":\"seen\",\"revision\":1}",
            api.token("responder"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(api.sent)
        .singleElement()
        .satisfies(
            response -> {
              assertThat(response.alertKey()).contains(KEY);
              assertThat(response.action()).isEqualTo(AlertResponse.Action.SNOOZED);
              assertThat(response.header().source().messageId()).isEqualTo("dr-who");
              assertThat(response.header().patientId()).isEqualTo(new PatientId("anna"));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | 400",
        "[] | 400",
        "{} | 422",
        "{\"action\":\"DELETED\"} | 422",
        "{\"action\":\"SNOOZED\"} | 422",
        "{\"action\":\"SNOOZED\",\"snoozeDays\":8} | 422",
        "{\"action\":\"OVERRIDDEN\"} | 422",
        "{\"action\":\"ACKNOWLEDGED\",\"other\":1} | 422",
        "{\"action\":\"ACKNOWLEDGED\",\"action\":\"OVERRIDDEN\"} | 400",
        "{\"action\":\"ACKNOWLEDGED\",\"revision\":7} | 409"
      })
  void anAnswerThatIsNotInOrderIsNotSent(String body, int status) throws Exception {
    assertThat(api.respond(body, api.token("responder")).statusCode()).isEqualTo(status);
    assertThat(api.sent).isEmpty();
  }

  /** Umlauts have two bytes. */
  @Test
  void theIdOfATumourBoardIsAsLongAsAnIdMayBe() throws Exception {
    String body = "{\"action\":\"ACKNOWLEDGED\",\"mdtId\":\"%s\"}";

    HttpResponse<String> refused =
        api.respond(body.formatted("ü".repeat(129)), api.token("responder"));
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(JSON.readTree(refused.body()).path("detail").asText())
        .isEqualTo("mdtId must be a text of 1 to 256 bytes of UTF-8.");
    assertThat(api.respond(body.formatted("ü".repeat(128)), api.token("responder")).statusCode())
        .isEqualTo(202);
    assertThat(api.sent).hasSize(1);
  }

  @Test
  void anAlertThatHasEndedTakesNoAnswer() throws Exception {
    api.feed.alert(alert(KEY, 2, AlertState.RESOLVED));

    HttpResponse<String> answer =
        api.respond("{\"action\":\"ACKNOWLEDGED\"}", api.token("responder"));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(JSON.readTree(answer.body()).at("/behind/records").asInt()).isEqualTo(3);
  }

  @Test
  void changesComeAsTheyHappenAndAreWrittenDown() throws Exception {
    HttpResponse<InputStream> stream = api.stream("");
    try (BufferedReader lines = ServedApi.lines(stream)) {
      assertThat(lines.readLine()).isEqualTo("event: behind");
      api.feed.alert(alert(KEY, 2, AlertState.ACKNOWLEDGED));
      assertThat(lines.lines().filter(line -> line.contains("ACKNOWLEDGED")).findFirst())
          .hasValueSatisfying(line -> assertThat(line).startsWith("data: {").contains(KEY));
    }
    Awaitility.await()
        .until(() -> api.accesses().stream().anyMatch(line -> line.path("patients").size() == 1));
    api.part.close();
    Awaitility.await().until(() -> api.feed.watchers() == 0);
  }

  /** It has to ask for the list again; what waited is old by then and is not sent. */
  @Test
  void whoReadsTooSlowlyIsToldThatChangesAreLost() throws Exception {
    HttpResponse<InputStream> stream = api.stream("");
    try (BufferedReader lines = ServedApi.lines(stream)) {
      assertThat(lines.readLine()).isEqualTo("event: behind");
      AlertRow row = api.feed.model().alert(KEY).orElseThrow();
      api.feed.tell(Collections.nCopies(50_000, row));
      List<String> events =
          lines
              .lines()
              .filter(line -> line.startsWith("event: "))
              .takeWhile(line -> !line.equals("event: lost"))
              .toList();
      assertThat(events).hasSizeLessThan(40_000);

      api.feed.alert(alert(KEY, 2, AlertState.ACKNOWLEDGED));
      assertThat(lines.lines().filter(line -> line.contains("ACKNOWLEDGED")).findFirst())
          .isPresent();
    }
  }

  @Test
  void oneStreamTooManyIsRefusedAndHasAPlaceWhenOneEnds() throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 200; i++) {
        // Several, since each may ask so often in a minute only.
        Socket socket = new Socket("127.0.0.1", api.server.port());
        open.add(socket);
        String request =
            "GET /api/v1/alerts/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n"
                .formatted(tokenOf("user-" + i / 50));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().readNBytes(12)).asString().isEqualTo("HTTP/1.1 200");
      }

      HttpResponse<String> refused = api.get("/api/v1/alerts/stream", api.token("viewer"));
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(JSON.readTree(refused.body()).path("detail").asText())
          .isEqualTo("Too many streams are open.");
      assertThat(api.feed.watchers()).isEqualTo(200);

      open.getFirst().close();
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> api.feed.watchers() < 200);
      HttpResponse<InputStream> taken = api.stream("");
      assertThat(taken.statusCode()).isEqualTo(200);
      taken.body().close();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private String tokenOf(String subject) {
    return ServedApi.signed(ServedApi.claims("viewer").subject(subject).build(), api.key);
  }

  @Test
  void anAnswerOfWhichIsNotKnownWhetherItWasStoredIsToldSo() throws Exception {
    api.failure = Optional.of(new TimeoutException());

    HttpResponse<String> answer =
        api.respond("{\"action\":\"ACKNOWLEDGED\"}", api.token("responder"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(answer.body()).path("detail").asText())
        .isEqualTo("It is not known whether the answer was stored; look, and try again.");
    assertThat(api.accesses().getLast().path("status").asInt()).isEqualTo(503);
  }
}
