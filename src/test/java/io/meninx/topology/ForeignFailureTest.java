package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ForeignFailureTest {
  /** As Confluent's client throws it; the message ends with the registry's code. */
  private static final class RestClientException extends Exception {
    private static final long serialVersionUID = 1L;

    RestClientException(String message, int code) {
      super(message + "; error code: " + code);
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(ForeignFailure.POISON, new SerializationException("Unknown magic byte!")),
        Arguments.of(ForeignFailure.POISON, wrapped(new EOFException())),
        Arguments.of(ForeignFailure.POISON, wrapped(new InvalidNumberEncodingException("int"))),
        Arguments.of(ForeignFailure.POISON, wrapped(new AvroTypeException("found, expecting"))),
        Arguments.of(ForeignFailure.POISON, wrapped(new JsonParseException(null, "unexpected"))),
        Arguments.of(ForeignFailure.POISON, new ArrayIndexOutOfBoundsException(7)),
        Arguments.of(ForeignFailure.POISON, new StackOverflowError()),
        Arguments.of(ForeignFailure.UNKNOWN_SCHEMA, answered(40403)),
        Arguments.of(ForeignFailure.UNKNOWN_SCHEMA, answered(40401)),
        Arguments.of(ForeignFailure.AWAY, answered(500)),
        Arguments.of(ForeignFailure.AWAY, answered(50002)),
        Arguments.of(ForeignFailure.AWAY, answered(429)),
        Arguments.of(ForeignFailure.AWAY, wrapped(new ConnectException())),
        Arguments.of(ForeignFailure.AWAY, wrapped(new SocketTimeoutException())),
        Arguments.of(ForeignFailure.AWAY, wrapped(new HttpConnectTimeoutException("slow"))),
        Arguments.of(ForeignFailure.AWAY, wrapped(new UnknownHostException())),
        Arguments.of(ForeignFailure.AWAY, wrapped(new SSLHandshakeException("no trust"))),
        Arguments.of(ForeignFailure.AWAY, wrapped(new IOException("broken off"))),
        Arguments.of(ForeignFailure.AWAY, new TimeoutException("slow")),
        Arguments.of(ForeignFailure.REFUSED, answered(401)),
        Arguments.of(ForeignFailure.REFUSED, answered(40301)),
        Arguments.of(ForeignFailure.REFUSED, answered(404)),
        Arguments.of(ForeignFailure.REFUSED, new InvalidConfigurationException("Unauthorized")),
        Arguments.of(
            ForeignFailure.AWAY, new InvalidConfigurationException("slow down; error code: 429")),
        Arguments.of(ForeignFailure.REFUSED, new ConfigException("no url")),
        Arguments.of(ForeignFailure.REFUSED, new TopicAuthorizationException("no")));
  }

  private static SerializationException wrapped(Throwable cause) {
    return new SerializationException("Error deserializing Avro message for id 7", cause);
  }

  private static SerializationException answered(int code) {
    return wrapped(new RestClientException("the registry said", code));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatAFailureMeans(ForeignFailure expected, Throwable failure) {
    assertThat(ForeignFailure.of(failure)).isEqualTo(expected);
  }
}
