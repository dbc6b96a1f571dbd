package io.meninx.cli;

import io.meninx.service.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program {@code meninx}: finds the command, runs it, and turns what came of it into an exit
 * code.
 *
 * <p>A command is a class of this package that is annotated with {@link Command}, implements {@code
 * Callable<Integer>} and stands in {@link #COMMANDS}. It returns {@link #DONE} or {@link #FAILED},
 * and throws {@link WrongUseException} for what the user gave it and it cannot use.
 */
@Command(
    name = "meninx",
    mixinStandardHelpOptions = true,
    versionProvider = Meninx.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Follows the guideline pathway of patients with leptomeningeal metastases as their results"
            + " arrive.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the work found a difference, or failed",
      "2:wrong use or wrong input"
    },
    footer = "%n'meninx COMMAND --help' explains a command.")
public final class Meninx implements Runnable {

  /** Exit code: the work was done. */
  public static final int DONE = CommandLine.ExitCode.OK;

  /** Exit code: the work found a difference, or failed. */
  public static final int FAILED = CommandLine.ExitCode.SOFTWARE;

  /** Exit code: wrong use or wrong input. */
  public static final int WRONG_USE = CommandLine.ExitCode.USAGE;

  /** Every command, in the order in which {@code --help} lists them: a new one is added here. */
  static final List<Class<?>> COMMANDS =
      List.of(
          DemoCommand.class,
          PlayCommand.class,
          SimulateCommand.class,
          ReplayCommand.class,
          ExportCommand.class,
          RunCommand.class,
          TopicsCommand.class,
          ClusterCommand.class,
          TokenCommand.class,
          ExplainCommand.class,
          BurdenCommand.class,
          BenchCommand.class,
          DlqCommand.class,
          DocsCommand.class);

  /** System property: print the stack trace of a failure, not only its message. */
  static final String DEBUG = "meninx.debug";

  @Spec private CommandSpec spec;

  private Meninx() {}

  /**
   * Runs one command and ends the process with its exit code.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true, System.out.charset());
    var err = new PrintWriter(System.err, true, System.err.charset());
    System.exit(run(COMMANDS, out, err, args));
  }

  /**
   * Runs one command.
   *
   * @param commands the classes of the commands there are
   * @param out where results go
   * @param err where complaints go
   * @param args the words of the command line
   * @return the exit code
   */
  static int run(List<Class<?>> commands, PrintWriter out, PrintWriter err, String... args) {
    var commandLine = new CommandLine(new Meninx());
    commands.forEach(commandLine::addSubcommand);
    commandLine
        .setOut(out)
        .setErr(err)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler((failure, at, parsed) -> report(failure, at.getErr()));
    try {
      return commandLine.execute(args);
    } catch (Error error) { // picocli catches exceptions only
      return report(error, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** The version of the program, as it goes into the journal. */
  static String version() {
    return new Version().number();
  }

  private static int report(Throwable failure, PrintWriter err) {
    err.println("meninx: " + shown(failure));
    if (Boolean.getBoolean(DEBUG) || System.getProperty(DEBUG, "-").isEmpty()) {
      failure.printStackTrace(err);
    }
    return failure instanceof WrongUseException ? WRONG_USE : FAILED;
  }

  private static String shown(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    if (failure.getCause() instanceof SettingsException) {
      return message.strip(); // A line for each mistake.
    }
    String kind = failure.getClass().getSimpleName();
    String text =
        failure instanceof WrongUseException
            ? message
            : message.isBlank() ? kind : kind + ": " + message;
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The version that the build wrote down. */
  static final class Version implements IVersionProvider {

    private static final String RESOURCE = "/io/meninx/version.properties";

    @Override
    public String[] getVersion() {
      return new String[] {"meninx " + number()};
    }

    private String number() {
      var properties = new Properties();
      try (@Nullable InputStream in = Meninx.class.getResourceAsStream(RESOURCE)) {
        if (in != null) {
          properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version", "of unknown version");
    }
  }
}
