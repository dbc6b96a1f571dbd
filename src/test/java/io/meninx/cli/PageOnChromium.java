package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.testing.Browser;
import io.meninx.testing.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page of {@code demo --serve} with the published patients, in a real browser (profile {@code
 * browser}): why an alert is open, answers by keyboard, live changes, accessibility by axe-core in
 * light and dark, nothing on the console. Pictures for people stay in {@code target/page-browser}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class PageOnChromium {
  private static final Path OUT = Path.of("target/page-browser").toAbsolutePath();
  private static final Path AXE = Path.of("target/axe/axe.min.js").toAbsolutePath();
  private static final Pattern PAGE = Pattern.compile("The page: (http://\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ROWS = "document.querySelectorAll('.alert')";

  @TempDir private static Path directory;
  private Process demo;
  private String address;
  private Browser browser;

  @BeforeAll
  void serve() throws Exception {
    Path said = directory.resolve("demo.log");
    demo =
        new ProcessBuilder(JavaProcess.command(768, Meninx.class, "demo", "--serve", "--port", "0"))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    Awaitility.await()
        .atMost(Duration.ofMinutes(4))
        .failFast("the demo has ended", () -> !demo.isAlive())
        .until(() -> PAGE.matcher(Files.readString(said)).find());
    Matcher page = PAGE.matcher(Files.readString(said));
    assertThat(page.find()).isTrue();
    address = page.group(1);
  }

  @AfterAll
  void end() {
    demo.destroy();
  }

  @BeforeEach
  void start() throws IOException {
    browser = Browser.start(Files.createTempDirectory(directory, "browser"));
    browser.size(1400, 1000);
    browser.dark(false);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  private void openWard() {
    browser.open(address);
    browser.await(ROWS + ".length > 20");
    browser.await("document.getElementById('behind').textContent.startsWith('Up to date')");
  }

  private String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "')?.innerText ?? ''").asText();
  }

  /** The alert, and the drawing of its patient. */
  private void openFirst() {
    browser.press("j");
    browser.press("Enter");
    browser.await("document.querySelector('.because') && document.querySelector('.drawing svg')");
  }

  @Test
  void aNewcomerSeesWhyAnAlertIsOpen() {
    openWard();
    browser.screenshot(OUT.resolve("ward.png"));
    assertThat(text("#alerts h3")).contains("STAT: look now");
    String summary = text(".alert strong");
    openFirst();

    assertThat(text("#detail-title")).isEqualTo("Why this alert is open");
    assertThat(text("#detail .headline")).contains("STAT").contains(summary);
    assertThat(text(".because"))
        .contains("1 The guideline asks", "2 Known of the patient", "3 Not known", "4 Since when")
        .contains("Negative cytology with high suspicion asks for another lumbar puncture")
        .contains("2025-01-13 CSF: cytology: equivocal")
        .contains("CSF: minutes to processing")
        .contains("Open since 2025-01-13")
        .contains("Target day 2025-01-20; critical since 2025-01-28");
    assertThat(browser.evaluate("document.querySelectorAll('.drawing .fact').length").asInt())
        .isEqualTo(3);
    assertThat(browser.evaluate("document.querySelectorAll('.drawing .span').length").asInt())
        .isGreaterThan(2);
    assertThat(text("#the-patient")).contains("Classification", "Status group", "Due next");
    browser.screenshot(OUT.resolve("alert.png"));
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void axeFindsNothing(boolean dark) throws IOException {
    browser.dark(dark);
    openWard();
    browser.evaluate(Files.readString(AXE) + "; 1");
    violates("ward");
    openFirst();
    violates("alert");
    browser.screenshot(OUT.resolve(dark ? "alert-dark.png" : "alert-light.png"));
    browser.evaluate("document.getElementById('detail').scrollTop = 640");
    browser.screenshot(OUT.resolve(dark ? "timeline-dark.png" : "timeline-light.png"));
    browser.press("/");
    browser.type("case-25");
    browser.press("Enter");
    browser.await("document.getElementById('detail-title').textContent === 'Patient case-25'");
    browser.await("document.querySelector('.drawing svg')");
    violates("patient");
    browser.screenshot(OUT.resolve(dark ? "patient-dark.png" : "patient-light.png"));
    browser.size(420, 900);
    violates("narrow");
    browser.screenshot(OUT.resolve(dark ? "narrow-dark.png" : "narrow-light.png"));
    assertThat(browser.complaints()).isEmpty();
  }

  private void violates(String where) {
    JsonNode violations =
        browser.evaluate(
            "axe.run().then(found => found.violations.map(it => it.id + ': ' + it.help + ' '"
                + " + it.nodes.map(node => node.target.join(' ') + ' ' + node.failureSummary)"
                + ".join('; ')))");
    assertThat(violations).as(where).isEmpty();
    assertThat(browser.evaluate("axe.run().then(found => found.passes.length)").asInt())
        .isGreaterThan(15);
  }

  /** What the browser asks for below this path waits until {@code window.release()}. */
  private void holdBack(String path) {
    browser.evaluate(
        """
        const real = window.fetch;
        const released = new Promise(resolve => { window.release = resolve; });
        window.fetch = async (...asked) => {
          if (String(asked[0]).includes('%s')) { window.asked = true; await released; }
          return real(...asked);
        };
        1\
        """
            .formatted(path));
  }

  /** What the service answers below this path becomes what this function makes of it. */
  private void alter(String path, String function) {
    browser.evaluate(
        """
        const real = window.fetch;
        window.fetch = async (...asked) => {
          const answer = await real(...asked);
          return String(asked[0]).includes('%s')
            ? new Response(JSON.stringify((%s)(await answer.json())), {status: answer.status})
            : answer;
        };
        1\
        """
            .formatted(path, function));
  }

  @Test
  void anAlertThatCameBackIsDrawnAsTwoLives() {
    openWard();
    String key = browser.evaluate(ROWS + "[0].dataset.key").asText();
    alter(
        "/timeline",
        """
        it => {
          const one = it.entries.find(entry => entry.alertKey === '%s');
          const before = (at, state) => ({...one, at, state});
          it.entries.unshift(before('2024-12-01T00:00:00Z', 'ACTIVE'), before('2024-12-09T00:00:00Z', 'RESOLVED'));
          return it;
        }\
        """
            .formatted(key));
    openFirst();

    assertThat(browser.evaluate("document.querySelectorAll('.span.chosen').length").asInt())
        .isEqualTo(2);
    assertThat(browser.complaints()).isEmpty();
  }

  /** In a quiet night nothing is decided, and what is unanswered gets older all the same. */
  @Test
  void agesAreCountedToTheLastTickAndNotToTheLastDecision() {
    openWard();
    alter("/alerts/", "it => { it.behind.logicalTime = '2100-01-01T00:00:00Z'; return it; }");
    openFirst();

    assertThat(text(".because")).containsPattern("Open since 2025-01-13 .* \\(27\\d{3} days\\)");
    browser.await(ROWS + "[0].textContent.match(/27\\d{3} days/)");
    assertThat(browser.complaints()).isEmpty();
  }

  /**
   * Neither the clock of the browser nor the one of the instance counts: one of them may be wrong.
   */
  @Test
  void howOldAnAnswerIsIsWhatTheInstanceSays() {
    openWard();
    alter(
        "/alerts/",
        """
        it => {
          Object.assign(it.behind, {ageSeconds: 31, measuredAt: '2100-01-01T00:00:00Z'});
          return it;
        }\
        """);
    browser.evaluate(
        """
        window.said = [];
        const told = document.getElementById('behind');
        new MutationObserver(() => said.push(told.textContent)).observe(told, {childList: true});
        1\
        """);
    openFirst();

    browser.await("said.some(it => it.startsWith('Not known to be up to date'))");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anAnswerThatComesTooLateIsNotShownUnderAnotherAlert() {
    openWard();
    holdBack("/patients/case-25");
    browser.press("/");
    browser.type("case-25");
    browser.press("Enter");
    browser.await("window.asked");
    browser.evaluate(
        "[...%s].find(it => !it.textContent.includes('case-25')).focus()".formatted(ROWS));
    browser.press("Enter");
    browser.await("document.querySelector('.because') && document.querySelector('.drawing svg')");
    String shown = text("#detail");
    browser.evaluate("window.release()");
    browser.await("window.fetch('/api/v1/patients/case-25').then(it => it.ok)");

    assertThat(text("#detail")).isEqualTo(shown).doesNotContain("case-25");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whileAnotherAlertIsFetchedNothingOfTheLastOneCanBeAnswered() {
    openWard();
    openFirst();
    browser.await("document.getElementById('acknowledge')");
    holdBack("/alerts/");
    browser.evaluate(ROWS + "[0].focus()");
    browser.press("j");
    browser.press("Enter");
    browser.await("window.asked");

    assertThat(text("#detail")).isEqualTo("Loading …");
    assertThat(browser.evaluate("document.getElementById('acknowledge') === null").asBoolean())
        .isTrue();
    browser.evaluate("window.release()");
    browser.await("document.getElementById('acknowledge')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aConnectionThatIsSilentIsSaidToBeAndMadeAgain() {
    openWard();
    browser.evaluate(
        """
        const real = window.fetch;
        window.streams = 0;
        window.fetch = (...asked) => {
          if (String(asked[0]).includes('/alerts/stream')) window.streams++;
          return real(...asked);
        };
        const clock = performance.now.bind(performance);
        performance.now = () => clock() + 20000;
        1\
        """);

    browser.await("document.getElementById('problem').textContent.includes('has been silent')");
    assertThat(text("#behind")).startsWith("Not known to be up to date");
    browser.await("window.streams === 1");
    browser.await("document.getElementById('behind').textContent.startsWith('Up to date')");
    assertThat(text("#problem")).isEmpty();
  }

  /** As when the connection is lost: another one is made, and the list comes again. */
  private void reconnect() {
    browser.evaluate(
        """
        const clock = performance.now.bind(performance);
        performance.now = () => clock() + 20000;
        1\
        """);
    browser.await("document.getElementById('problem').textContent.includes('has been silent')");
    browser.await("document.getElementById('problem').textContent === ''");
    browser.await("document.getElementById('behind').textContent.startsWith('Up to date')");
  }

  /** Behind one address there may be several instances, and one has read more than another. */
  @Test
  void theListIsOfTheInstanceWhoseChangesFollow() {
    openWard();
    alter("/alerts?", "it => ({...it, alerts: [], next: null})");
    browser.evaluate("document.getElementById('alerts').replaceChildren()");
    reconnect();

    browser.await(ROWS + ".length > 20");
    assertThat(text("#counts")).contains(" open, ");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theRestOfAListWaitsForAnInstanceThatHasReadAsMuch() {
    openWard();
    browser.evaluate(
        """
        const real = window.fetch;
        window.asks = 0;
        window.fetch = async (...asked) => {
          const path = String(asked[0]);
          if (path.includes('/alerts/stream')) return real(path.replace('=500', '=10'), asked[1]);
          if (!path.includes('/alerts?')) return real(...asked);
          const body = await (await real(...asked)).json();
          if (++window.asks < 3) {
            Object.assign(body, {alerts: [], next: null});
            body.behind.newest = '2000-01-01T00:00:00Z';
          }
          return new Response(JSON.stringify(body));
        };
        1\
        """);
    reconnect();
    browser.await(ROWS + ".length === 10");
    assertThat(text("#counts")).startsWith("10 or more open");
    browser.evaluate("document.getElementById('more').click()");

    browser.await(ROWS + ".length > 20");
    assertThat(browser.evaluate("window.asks").asInt()).isEqualTo(3);
    browser.await("document.getElementById('more').hidden");
    assertThat(browser.complaints()).isEmpty();
  }

  /** 6,500 entries, oldest first: the newest are at the end. */
  @Test
  void ofALongTimelineTheNewestIsShownAndWhatIsLeftOutIsSaid() {
    openWard();
    browser.evaluate(
        """
        const real = window.fetch;
        window.pages = 0;
        window.fetch = async (...asked) => {
          const path = String(asked[0]);
          if (!path.includes('/timeline')) return real(...asked);
          const body = await (await real(path.split('&cursor')[0], asked[1])).json();
          const any = body.entries.find(it => it.kind === 'EVENT');
          const one = {...any, type: 'CLASSIFICATION_CHANGED'};
          const first = 500 * window.pages++;
          body.entries = Array.from({length: 500}, (_, i) => ({...one, code: 'N' + (first + i),
            at: new Date(Date.UTC(2025, 0, 1) + (first + i) * 60000).toISOString()}));
          body.next = window.pages < 13 ? 'more' : null;
          return new Response(JSON.stringify(body));
        };
        1\
        """);
    openFirst();

    assertThat(browser.evaluate("window.pages").asInt()).isEqualTo(13);
    assertThat(text("#earlier")).startsWith("1500 earlier ones are not shown");
    assertThat(text("#the-patient tbody tr")).contains("n6499");
    assertThat(text("#the-patient summary")).contains("newest first (the last 200)");
    assertThat(
            browser.evaluate("document.querySelectorAll('#the-patient tbody tr').length").asInt())
        .isEqualTo(200);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anAlertIsAcknowledgedByKeyboardAndThePageChangesByItself() {
    openWard();
    browser.press("j");
    browser.press("j");
    String key = browser.evaluate("document.activeElement.dataset.key").asText();
    browser.press("Enter");
    browser.await("document.getElementById('acknowledge')");
    browser.press("a");
    browser.await("document.activeElement.id === 'acknowledge'");
    browser.press("Enter");

    browser.await(
        "document.querySelector('[data-key=\"%s\"]')?.textContent.includes('✓ acknowledged')"
            .formatted(key));
    browser.await(
        "document.querySelector('.because').textContent.includes('Somebody has seen it')");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatSomebodyElseAnswersIsSeenWithoutAReload() throws Exception {
    openWard();
    String last = ROWS + "[" + ROWS + ".length - 1]";
    String key = browser.evaluate(last + ".dataset.key").asText();
    browser.evaluate("window.untouched = true");
    respond(key, "{\"action\":\"SNOOZED\",\"snoozeDays\":2}");

    browser.await(
        "document.querySelector('[data-key=\"%s\"]')?.textContent.includes('snoozed')"
            .formatted(key));
    assertThat(browser.evaluate("window.untouched").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void anOverrideNeedsAReason() {
    openWard();
    browser.press("j");
    browser.press("j");
    browser.press("j");
    String key = browser.evaluate("document.activeElement.dataset.key").asText();
    browser.press("Enter");
    browser.await("document.getElementById('override')");
    browser.evaluate("document.getElementById('override').click()");
    browser.await("document.getElementById('problem').textContent.includes('needs a reason')");
    assertThat(browser.evaluate("document.activeElement.id").asText()).isEqualTo("reason");
    browser.type("decided by the tumour board");
    browser.evaluate("document.getElementById('override').click()");

    browser.await(
        "document.querySelector('[data-key=\"%s\"]')?.textContent.includes('overridden')"
            .formatted(key));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void everythingComesFromTheServiceItself() {
    openWard();
    openFirst();

    JsonNode hosts =
        browser.evaluate(
            "[...new Set(performance.getEntriesByType('resource').map(it => new"
                + " URL(it.name).origin))]");
    assertThat(hosts).hasSize(1);
    assertThat(hosts.get(0).asText() + "/").isEqualTo(address);
    assertThat(browser.evaluate("localStorage.length + document.cookie.length").asInt()).isZero();
  }

  private void respond(String key, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(address).resolve("/api/v1/alerts/" + key + "/responses"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(JSON.readTree(answer.body()).path("eventId").asText()).startsWith("response-");
    }
  }
}
