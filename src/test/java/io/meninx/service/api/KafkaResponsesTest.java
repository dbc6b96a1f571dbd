package io.meninx.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.AlertResponse;
import io.meninx.fact.PatientId;
import io.meninx.wire.registry.InMemoryRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KafkaResponsesTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());

  private KafkaResponses responses(Duration patience) {
    return new KafkaResponses(producer, "a.", new InMemoryRegistryClient(), patience);
  }

  private static AlertResponse acknowledged() throws Exception {
    return Reply.read("{\"action\":\"ACKNOWLEDGED\"}".getBytes(StandardCharsets.UTF_8))
        .fact("response-1", new PatientId("anna"), ServedApi.KEY, "dr-who", Instant.EPOCH);
  }

  @Test
  void itReturnsWhenTheBrokerHasIt() throws Exception {
    try (KafkaResponses responses = responses(Duration.ofSeconds(30))) {
      AlertResponse response = acknowledged();
      Thread sending = Thread.ofVirtual().start(() -> send(responses, response));
      Awaitility.await().until(() -> !producer.history().isEmpty());
      assertThat(sending.isAlive()).isTrue();

      producer.completeNext();

      sending.join();
      assertThat(producer.history())
          .singleElement()
          .satisfies(
              record -> {
                assertThat(record.topic()).isEqualTo("a.alert-responses");
                assertThat(record.key()).asString().isEqualTo("anna");
              });
    }
  }

  private static void send(KafkaResponses responses, AlertResponse response) {
    try {
      responses.send(response);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatTheBrokerDoesNotConfirmIsNotKnownToBeStored() throws Exception {
    try (KafkaResponses responses = responses(Duration.ofMillis(50))) {
      AlertResponse response = acknowledged();

      assertThatThrownBy(() -> responses.send(response))
          .isInstanceOf(Responses.UnavailableException.class)
          .hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void whatTheBrokerRefusesIsNotStored() throws Exception {
    try (KafkaResponses responses = responses(Duration.ofSeconds(30))) {
      AlertResponse response = acknowledged();
      Thread failing =
          Thread.ofVirtual()
              .start(
                  () ->
                      Awaitility.await()
                          .until(() -> producer.errorNext(new NotEnoughReplicasException("no"))));

      assertThatThrownBy(() -> responses.send(response))
          .isInstanceOf(Responses.UnavailableException.class)
          .hasCauseInstanceOf(ExecutionException.class);
      failing.join();
    }
  }

  @Test
  void whatCannotBeSentAtAllIsNotStored() throws Exception {
    producer.sendException = new KafkaException("away");
    try (KafkaResponses responses = responses(Duration.ofSeconds(30))) {
      AlertResponse response = acknowledged();

      assertThatThrownBy(() -> responses.send(response))
          .isInstanceOf(Responses.UnavailableException.class)
          .hasCauseInstanceOf(KafkaException.class);
    }
  }
}
