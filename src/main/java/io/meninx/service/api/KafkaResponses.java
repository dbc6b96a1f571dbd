package io.meninx.service.api;

import io.meninx.fact.AlertResponse;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.WireFormat;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Answers go to {@code alert-responses}, keyed by patient as every input. */
public final class KafkaResponses implements Responses, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final Producer<byte[], byte[]> producer;
  private final String prefix;
  private final WireFormat wire;
  private final FactWriter writer = new FactWriter();
  private final ReentrantLock encoding = new ReentrantLock();
  private final KafkaClientMetrics metrics;
  private final Duration patience;

  /**
   * Sends with these properties of a producer.
   *
   * @param prefix of the topics
   * @param registry of the schemas; the caller closes it, later than this
   */
  public KafkaResponses(Map<String, Object> config, String prefix, RegistryClient registry) {
    this(producer(config), prefix, registry, PATIENCE);
  }

  KafkaResponses(
      Producer<byte[], byte[]> producer,
      String prefix,
      RegistryClient registry,
      Duration patience) {
    this.producer = producer;
    this.metrics = new KafkaClientMetrics(producer);
    this.prefix = prefix;
    this.wire = new WireFormat(registry, prefix);
    this.patience = patience;
  }

  private static Producer<byte[], byte[]> producer(Map<String, Object> config) {
    Map<String, Object> own = new HashMap<>(config);
    own.put(
        ProducerConfig.CLIENT_ID_CONFIG,
        own.getOrDefault(ProducerConfig.CLIENT_ID_CONFIG, "meninx") + "-responses");
    own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
    own.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Adds what the producer measures. */
  public void bindTo(MeterRegistry registry) {
    metrics.bindTo(registry);
  }

  @Override
  public void send(AlertResponse response) throws PoisonRecordException, UnavailableException {
    byte[] key = response.header().patientId().value().getBytes(StandardCharsets.UTF_8);
    try {
      Encoded encoded = encoded(response);
      Future<RecordMetadata> sent =
          producer.send(new ProducerRecord<>(encoded.topic().name(prefix), key, framed(encoded)));
      sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(e);
    } catch (ExecutionException | TimeoutException | KafkaException | RegistryException e) {
      throw new UnavailableException(e);
    }
  }

  private Encoded encoded(AlertResponse response) throws PoisonRecordException {
    encoding.lock();
    try {
      return writer.encode(response);
    } finally {
      encoding.unlock();
    }
  }

  private byte[] framed(Encoded encoded) {
    encoding.lock();
    try {
      return wire.frame(encoded);
    } finally {
      encoding.unlock();
    }
  }

  @Override
  public void close() {
    metrics.close();
    producer.close(LAST_WAIT);
  }
}
