package io.meninx.cli;

import io.meninx.service.access.Role;
import io.meninx.service.access.TrialIssuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code token}: a bearer token where there is no identity provider yet. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a bearer token for the HTTP interface, signed with a key in DIR, which is made the"
          + " first time. The service accepts it with http.jwks: DIR/"
          + TrialIssuer.PUBLIC_KEYS
          + ", and http.issuer and http.audience "
          + TrialIssuer.NAME
          + ".",
      "",
      "To try the interface, not to run it: whoever can read DIR can be anybody. A deployment has"
          + " its identity provider's keys in http.jwks."
    })
final class TokenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      required = true,
      paramLabel = "DIR",
      description = "directory of the keys; made when it is not there")
  private Path directory;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      defaultValue = "trial",
      description =
          "who the token is for, as the access log and answers name it (default: ${DEFAULT-VALUE})")
  private String subject;

  @Option(
      names = "--role",
      split = ",",
      paramLabel = "ROLE",
      defaultValue = "viewer,responder",
      description =
          "viewer, responder, auditor; several parted by commas (default: ${DEFAULT-VALUE})")
  private List<String> roles;

  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "12",
      description = "how long it is good, up to 24 (default: ${DEFAULT-VALUE})")
  private int hours;

  @Override
  public Integer call() {
    if (hours < 1 || hours > 24) {
      throw new WrongUseException("--hours must be from 1 to 24.");
    }
    if (subject.isBlank()) {
      throw new WrongUseException("--subject must not be empty.");
    }
    try {
      String token =
          TrialIssuer.in(directory)
              .token(subject, granted(), Duration.ofHours(hours), Clock.systemUTC().instant());
      PrintWriter screen = spec.commandLine().getOut();
      screen.println(token);
      screen.flush();
      return Meninx.DONE;
    } catch (IOException e) {
      throw new WrongUseException("--keys: " + e.getMessage(), e);
    }
  }

  private Set<Role> granted() {
    Set<Role> granted = EnumSet.noneOf(Role.class);
    for (String word : roles) {
      granted.add(
          Arrays.stream(Role.values())
              .filter(role -> role.word().equals(word))
              .findFirst()
              .orElseThrow(
                  () -> new WrongUseException("--role must be of viewer, responder, auditor.")));
    }
    return granted;
  }
}
