package io.meninx.cli;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.topics.Deployment;
import io.meninx.service.topics.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code topics}: makes or checks what the service needs of a cluster and a registry. */
@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    description = {
      "Makes or checks the topics (partitions, replicas, time stamp type, retention, compaction,"
          + " largest record), the settings of the group, and the registered schemas.",
      "",
      "--create makes what is missing, changes nothing of topics that are there, has the registry"
          + " refuse schemas that do not fit, and then checks. A difference is told with topic,"
          + " setting, expected and found value: exit 1; with --essential only one that stops"
          + " 'run'."
    })
final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ConfigOption config;

  @ArgGroup(multiplicity = "1")
  private Action action;

  @Option(
      names = "--essential",
      description =
          "tell every difference, and end with 1 only when one of them stops 'run': for what comes"
              + " before 'run' and is not to hold it up")
  private boolean essential;

  private static final class Action {
    @Option(names = "--create", required = true, description = "make what is missing, then check")
    private boolean create;

    @Option(names = "--check", required = true, description = "compare, and change nothing")
    private boolean check;
  }

  @Override
  public Integer call() {
    ServiceSettings settings = config.settings();
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = new Deployment(settings)) {
      List<Finding> findings =
          action.create && !action.check ? create(deployment) : deployment.check();
      findings.forEach(finding -> spec.commandLine().getErr().println("meninx: " + finding));
      long stopping = findings.stream().filter(Finding::essential).count();
      out.println(
          findings.isEmpty()
              ? "%d topics with %d partitions each, their schemas and the group are in order"
                  .formatted(deployment.topics(), settings.partitions())
              : "%d %s, %d essential"
                  .formatted(
                      findings.size(),
                      findings.size() == 1 ? "difference" : "differences",
                      stopping));
      out.flush();
      return (essential ? stopping : findings.size()) == 0 ? Meninx.DONE : Meninx.FAILED;
    }
  }

  private List<Finding> create(Deployment deployment) {
    PrintWriter out = spec.commandLine().getOut();
    deployment.create().forEach(name -> out.println("made topic " + name));
    return deployment.checkWhatWasMade();
  }
}
