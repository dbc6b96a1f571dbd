package io.meninx.topology;

import io.meninx.wire.Failures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * What an exception of a foreign deserializer means. Kafka has one exception for everything that
 * goes wrong there (SerializationException), so its causes are looked at: the network's own
 * exceptions, Kafka's, and what Confluent's client says of a registry's answer. What nothing is
 * known of is about the bytes.
 */
enum ForeignFailure {
  /** The record can never be read. */
  POISON,
  /** The registry has no such schema. */
  UNKNOWN_SCHEMA,
  /** Something outside is away: the same record again later. */
  AWAY,
  /** Something outside refuses: an operator must act. */
  REFUSED;

  /** Of Confluent's client; its message ends with the code. Known by name, since it is not here. */
  private static final String OF_A_REGISTRY = "RestClientException";

  private static final Pattern CODE = Pattern.compile("error code: (\\d{1,9})$");

  static ForeignFailure of(Throwable failure) {
    return Failures.chain(failure)
        .flatMap(cause -> verdict(cause).stream())
        .findFirst()
        .orElse(POISON);
  }

  private static Optional<ForeignFailure> verdict(Throwable cause) {
    boolean ofARegistry = cause.getClass().getSimpleName().equals(OF_A_REGISTRY);
    OptionalInt code = code(String.valueOf(cause.getMessage()));
    return switch (cause) {
      case Throwable _ when ofARegistry -> Optional.of(answered(code.orElse(0)));
      // Confluent's serdes turn some answers into this one, and keep the code.
      case InvalidConfigurationException _ when code.isPresent() ->
          Optional.of(answered(code.getAsInt()));
      case RetriableException _, InterruptException _ -> Optional.of(AWAY);
      // Kafka's exceptions of authentication and authorization are of the second kind.
      case ConfigException _, InvalidConfigurationException _ -> Optional.of(REFUSED);
      case IOException io when isOfTheNetwork(io) -> Optional.of(AWAY);
      default -> Optional.empty();
    };
  }

  private static OptionalInt code(String message) {
    Matcher matcher = CODE.matcher(message);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** A registry's codes are a status of HTTP, some with two more digits. */
  private static ForeignFailure answered(int code) {
    int status = code >= 10_000 ? code / 100 : code;
    if (status == 404 && code != status) {
      return UNKNOWN_SCHEMA;
    }
    return status == 0 || status >= 500 || status == 408 || status == 429 ? AWAY : REFUSED;
  }

  /**
   * Not every IOException is: Avro's and Jackson's own say that bytes end too early or make no
   * sense. One that is nothing but an IOException is how HTTP clients tell of a broken connection.
   */
  private static boolean isOfTheNetwork(IOException failure) {
    return switch (failure) {
      case SocketException _,
          UnknownHostException _,
          InterruptedIOException _,
          HttpTimeoutException _,
          ClosedChannelException _,
          SSLException _ ->
          true;
      default ->
          failure.getClass() == IOException.class
              || failure.getClass().getName().startsWith("org.apache.hc.");
    };
  }
}
