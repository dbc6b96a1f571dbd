package io.meninx.service;

import io.meninx.service.topics.ClusterException;
import io.meninx.topology.RecordFailureException;
import io.meninx.topology.TransientFailureException;
import io.meninx.topology.WorkFailureException;
import io.meninx.wire.Failures;
import io.meninx.wire.registry.RegistryRefusedException;
import io.meninx.wire.registry.RegistryUnavailableException;
import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.BrokerNotFoundException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/**
 * How a run ended.
 *
 * @param code of the process
 * @param line one line for the operator; holds no content of any record
 */
public record Ending(ExitCode code, String line) {
  /** Stopped in order. */
  static Ending stopped() {
    return new Ending(ExitCode.STOPPED, "stopped");
  }

  /** Asked to stop, and not stopped in time: usually since no broker answered. */
  static Ending late() {
    return new Ending(
        ExitCode.FAILED,
        "did not stop in time; what was begun is aborted by the brokers, nothing was skipped");
  }

  /**
   * What a failure means for the operator. The text of an exception of unknown kind may hold
   * anything, so only its type and place are told.
   */
  static Ending of(Throwable failure) {
    return Failures.chain(failure)
        .map(Ending::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(
            () -> new Ending(ExitCode.BROKEN, "the program failed: " + Failures.told(failure)));
  }

  private static Optional<Ending> known(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case TransientFailureException e -> away(e.getMessage());
          case RegistryUnavailableException e -> away("the schema registry is away: " + text(e));
          case RegistryRefusedException e -> surroundings("the schema registry: " + text(e));
          case ClusterException e ->
              e.away() ? away(e.getMessage()) : surroundings(String.valueOf(e.getMessage()));
          case StateDirectoryException e -> surroundings(String.valueOf(e.getMessage()));
          case BrokerNotFoundException _ -> away("no broker answers");
          case MissingSourceTopicException _ ->
              surroundings("input topics are missing; see 'meninx topics --check'");
          case AuthenticationException e ->
              surroundings("the cluster does not let us in: " + text(e));
          case AuthorizationException e -> surroundings("not allowed on the cluster: " + text(e));
          case InconsistentGroupProtocolException e -> surroundings("the group: " + text(e));
          case UnsupportedVersionException e -> surroundings("the brokers are too old: " + text(e));
          case RetriableException e -> away("the cluster does not answer: " + text(e));
          // The brokers ended a transaction that stood open too long, since this instance stood
          // still. Kafka Streams takes most ways in which that shows for what they are and goes on;
          // this one it does not (KAFKA-19690). Others have taken over, nothing was committed.
          case InvalidTxnStateException _ ->
              away("this instance stood still, and the brokers ended its transaction");
          case RecordFailureException e ->
              new Ending(
                  ExitCode.BROKEN,
                  "the program failed on the record %s: %s; nothing was skipped, and it comes again"
                          .formatted(e.coordinates(), e.fault())
                      + " at the next start (to put it aside: --skip "
                      + e.coordinates()
                      + ")");
          case WorkFailureException e ->
              new Ending(
                  ExitCode.BROKEN,
                  "the program failed on work that is due: "
                      + e.fault()
                      + "; nothing was skipped, and it comes again at the next start");
          default -> null;
        });
  }

  private static Ending away(@org.jspecify.annotations.Nullable String what) {
    return new Ending(ExitCode.AWAY, what + "; nothing was skipped, start again");
  }

  private static Ending surroundings(String what) {
    return new Ending(ExitCode.WRONG_SURROUNDINGS, what);
  }

  private static String text(Throwable failure) {
    return failure.getClass().getSimpleName()
        + (failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")");
  }
}
