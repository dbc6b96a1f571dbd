package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class MeninxTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpExplainsTheExitCodesAndListsEveryCommand() {
    assertThat(meninx("--help")).isEqualTo(0);
    assertThat(out.toString()).contains("Exit codes:").contains("fail");
  }

  /** A percent sign that is not written twice: picocli complains and prints the text as it is. */
  @Test
  void theHelpOfEveryCommandIsPrintedWithoutComplaints() {
    var complaints = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
    try {
      assertThat(Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), "--help"))
          .isZero();
      Meninx.COMMANDS.forEach(command -> printHelp(new CommandLine(command)));
    } finally {
      System.setErr(before);
    }

    assertThat(complaints.toString(StandardCharsets.UTF_8)).isEmpty();
    assertThat(out.toString())
        .contains("Usage: bench ", "Usage: dlq show ")
        .containsPattern("more\\s+than\\s+15\\s+%\\s")
        .doesNotContain("%%", "%n", "${");
  }

  private void printHelp(CommandLine command) {
    command.usage(new PrintWriter(out));
    command.getSubcommands().values().forEach(this::printHelp);
  }

  @Test
  void versionIsTheOneOfTheBuild() {
    assertThat(meninx("--version")).isEqualTo(0);
    assertThat(out.toString()).matches("meninx \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
  }

  @Test
  void whatACommandReturnsIsTheExitCode() {
    assertThat(meninx("fail", "by-code")).isEqualTo(1);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aMissingCommandIsWrongUse() {
    assertThat(meninx()).isEqualTo(2);
    assertThat(err.toString()).startsWith("A command is missing.").contains("Usage: meninx");
  }

  @Test
  void anUnknownOptionIsWrongUse() {
    assertThat(meninx("fail", "by-code", "--no-such-option")).isEqualTo(2);
    assertThat(err.toString()).contains("--no-such-option");
  }

  @Test
  void wrongInputIsToldInOneLine() {
    assertThat(meninx("fail", "by-input")).isEqualTo(2);
    assertThat(err.toString()).isEqualToIgnoringNewLines("meninx: The file a.yaml has no patient.");
  }

  @Test
  void aFailureIsToldInOneLineWithoutItsStackTrace() {
    assertThat(meninx("fail", "by-exception")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("meninx: IllegalStateException: first line second line");
  }

  @Test
  void anErrorOfTheJvmIsTold() {
    assertThat(meninx("fail", "by-error")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("meninx: StackOverflowError");
  }

  private int meninx(String... args) {
    return Meninx.run(List.of(Fail.class), new PrintWriter(out), new PrintWriter(err), args);
  }

  @Command(name = "fail")
  static final class Fail implements Callable<Integer> {

    @Parameters(index = "0")
    private String how;

    @Override
    public Integer call() {
      return switch (how) {
        case "by-input" -> throw new WrongUseException("The file a.yaml has no patient.");
        case "by-exception" -> throw new IllegalStateException("first line\n  second line\n");
        case "by-error" -> throw new StackOverflowError();
        default -> Meninx.FAILED;
      };
    }
  }
}
