package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DemoCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aPortThatIsTakenIsToldBeforeAnythingIsPlayed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      int code =
          Meninx.run(
              Meninx.COMMANDS,
              new PrintWriter(out),
              new PrintWriter(err),
              "demo",
              "--serve",
              "--port",
              port);

      assertThat(code).isEqualTo(Meninx.WRONG_USE);
      assertThat(err.toString())
          .contains("--port: " + port + " can't be listened on")
          .contains("give another one, or 0");
      assertThat(out.toString()).isEmpty();
    }
  }
}
