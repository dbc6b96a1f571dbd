package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.deadletter.Desk.Outcome;
import io.meninx.deadletter.LetterId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DlqOutputTest {
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new DlqCommand())
          .setOut(new PrintWriter(new StringWriter()))
          .setErr(new PrintWriter(err));

  @Test
  void oneThatWasNamedAndIsNotThereIsToldAndEndsWithOne() {
    LetterId id = LetterId.parse("kps-updates:0:17").orElseThrow();

    int code =
        DlqOutput.outcome(
            command, "sent back", new Outcome(3, 0, 0, List.of(), List.of(id)), List.of());

    assertThat(code).isEqualTo(Meninx.FAILED);
    assertThat(err.toString()).contains("there is no dead letter kps-updates:0:17");
  }

  @Test
  void withoutSuchAllIsDone() {
    int code =
        DlqOutput.outcome(
            command, "sent back", new Outcome(3, 1, 0, List.of(), List.of()), List.of());

    assertThat(code).isEqualTo(Meninx.DONE);
  }
}
