package io.meninx.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoTest {
  /** Longer than a service waits for a registry. */
  private static final Duration SLOW = Duration.ofSeconds(4);

  @Test
  void aRegistryThatIsSlowOnALoadedMachineIsWaitedFor() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Thread.sleep(SLOW);
            byte[] body = "{\"id\": 7}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();

    try (RegistryClient schemas = Demo.schemas(url)) {
      assertThat(schemas.idFor("kps-updates-value", Topic.KPS_UPDATES.valueSchema())).isEqualTo(7);
    } finally {
      server.stop(0);
    }
  }
}
