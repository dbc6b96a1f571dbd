package io.meninx.cli;

import io.meninx.service.Ending;
import io.meninx.service.Logging;
import io.meninx.service.Service;
import io.meninx.service.StopSignal;
import io.meninx.service.settings.ServiceSettings;
import io.meninx.topology.TopologySettings.SkippedRecord;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: an instance of the service on a cluster. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs an instance of the service on a cluster and a registry until it is stopped (SIGTERM or"
          + " SIGINT; takes at most 10 s). Several instances share the partitions.",
      "",
      "It answers /health/live, /health/started, /health/ready and /metrics, the page / and the"
          + " interface /api/v1, on port 8080 of the loopback interface unless configured. The log"
          + " goes to standard error."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:stopped in order",
      "1:failed, or did not stop in time",
      "2:wrong use, or wrong settings",
      "3:the cluster or the registry is away: nothing was skipped, start again",
      "4:topics, schemas, permissions, the port or the state directory are not as they must be",
      "5:the program failed on a record: nothing was skipped; see --skip"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @Option(
      names = "--skip",
      paramLabel = "TOPIC:PARTITION:OFFSET",
      description =
          "put this record aside as a dead letter, journaled; the topic's name is without the"
              + " prefix; may be given several times")
  private List<String> skip = List.of();

  @Override
  public Integer call() {
    ServiceSettings settings = config.settings().withSkipped(skipped());
    Logging.apply(settings.log());
    StopSignal stop = new StopSignal();
    stop.installHook(this::tell);
    Ending ending = new Service(settings, Meninx.version(), Clock.systemUTC()).run(stop);
    tell(ending);
    stop.ended(ending.code());
    return ending.code().code();
  }

  private void tell(Ending ending) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("meninx: " + ending.line());
    err.flush();
  }

  private Set<SkippedRecord> skipped() {
    Set<SkippedRecord> records = new HashSet<>();
    for (String text : skip) {
      records.add(
          ServiceSettings.skippedRecord(text)
              .orElseThrow(
                  () ->
                      new WrongUseException(
                          "--skip must be TOPIC:PARTITION:OFFSET, with an input topic's name"
                              + " without the prefix.")));
    }
    return records;
  }
}
