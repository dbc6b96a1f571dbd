package io.meninx.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A headless Chromium with one page, driven over its debugging protocol. The browser is {@code
 * -Dchromium=PATH}, or else Debian's. What the page says on the console is kept.
 */
public final class Browser implements AutoCloseable {
  private static final String CHROMIUM = System.getProperty("chromium", "/usr/bin/chromium");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser(Process process, URI page) {
    this.process = process;
    this.socket = client.newWebSocketBuilder().buildAsync(page, new Listener()).join();
  }

  /**
   * Starts one.
   *
   * @param profile directory for its files
   */
  public static Browser start(Path profile) throws IOException {
    Files.createDirectories(profile);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"));
    command.addAll(List.of("--disable-quic", "--no-first-run", "--disable-background-networking"));
    command.addAll(List.of("--disable-component-update", "--disable-sync", "--hide-scrollbars"));
    command.addAll(List.of("--disable-dev-shm-usage", "--remote-debugging-port=0"));
    command.addAll(List.of("--user-data-dir=" + profile, "about:blank"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    try {
      Path port = profile.resolve("DevToolsActivePort");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
      String address = "http://127.0.0.1:" + Files.readAllLines(port).getFirst() + "/json/list";
      Browser browser = new Browser(process, page(address));
      for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
        browser.send(domain + ".enable", JSON.createObjectNode());
      }
      return browser;
    } catch (RuntimeException | IOException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static URI page(String address) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () -> {
              for (JsonNode target : JSON.readTree(URI.create(address).toURL())) {
                if (target.path("type").asText().equals("page")) {
                  return Optional.of(URI.create(target.path("webSocketDebuggerUrl").asText()));
                }
              }
              return Optional.<URI>empty();
            },
            Optional::isPresent)
        .orElseThrow();
  }

  /** Opens a page and waits until it is there. */
  public void open(String address) {
    send("Page.navigate", JSON.createObjectNode().put("url", address));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** The value of an expression; promises are waited for. */
  public JsonNode evaluate(String expression) {
    JsonNode result =
        send(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    Awaitility.await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> evaluate("Boolean(" + expression + ")").asBoolean());
  }

  /** Presses a key, as a person does: a letter, Enter or Tab. */
  public void press(String key) {
    ObjectNode event = JSON.createObjectNode().put("type", "keyDown").put("key", key);
    switch (key) {
      case "Enter" -> event.put("text", "\r").put("code", key).put("windowsVirtualKeyCode", 13);
      case "Tab" -> event.put("code", key).put("windowsVirtualKeyCode", 9);
      default -> event.put("text", key);
    }
    send("Input.dispatchKeyEvent", event);
    ObjectNode up = event.deepCopy().put("type", "keyUp");
    up.remove("text");
    send("Input.dispatchKeyEvent", up);
  }

  /** Puts text where the focus is. */
  public void type(String text) {
    send("Input.insertText", JSON.createObjectNode().put("text", text));
  }

  /** Light or dark, as the person's system asks for it. */
  public void dark(boolean dark) {
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    send("Emulation.setEmulatedMedia", media);
  }

  /** The size of the window. */
  public void size(int width, int height) {
    send(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** A picture of the window. */
  public void screenshot(Path file) {
    JsonNode picture = send("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture.path("data").asText()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Errors and warnings of the page so far: exceptions, console, network, content security. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode send(String method, ObjectNode parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", parameters);
    socket.sendText(message.toString(), true).join();
    JsonNode said = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (said.has("error")) {
      throw new AssertionError(method + ": " + said.path("error"));
    }
    return said.path("result");
  }

  private void hear(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    JsonNode told = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.exceptionThrown" -> complaints.add(told.path("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(told.path("type").asText())) {
          complaints.add(told.path("args").toString());
        }
      }
      case "Log.entryAdded" -> {
        JsonNode entry = told.path("entry");
        if (List.of("error", "warning").contains(entry.path("level").asText())) {
          complaints.add(entry.path("text").asText() + " " + entry.path("url").asText());
        }
      }
      default -> {
        // What else the browser tells.
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Puts messages together. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        try {
          hear(JSON.readTree(whole));
        } catch (IOException e) {
          complaints.add(e.toString());
        }
      }
      webSocket.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
