package io.meninx.faults;

import io.meninx.faults.Traffic.Message;
import io.meninx.faults.Traffic.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends traffic, a step at a time with a pause between two, until told to send the rest at once.
 */
final class Publisher {
  private final KafkaSide kafka;
  private final List<Step> steps;
  private final FutureTask<Void> work;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile Duration pause;

  /** Starts at once. */
  Publisher(KafkaSide kafka, Traffic traffic, Duration pause) {
    this.kafka = kafka;
    this.steps = traffic.steps();
    this.pause = pause;
    this.work = new FutureTask<>(this::publish, null);
    Thread.ofPlatform().name("publisher").daemon().start(work);
  }

  private void publish() {
    try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
      for (int sent = 0; sent < steps.size(); sent++) {
        for (Message message : steps.get(sent).messages()) {
          var _ =
              producer.send(
                  new ProducerRecord<>(
                      kafka.name(message.topic()),
                      message.partition(),
                      message.key(),
                      message.value()),
                  (_, problem) -> failure.compareAndSet(null, problem));
        }
        Thread.sleep(pause.multipliedBy(slowness(steps.size() - sent)));
      }
      producer.flush();
      if (failure.get() != null) {
        throw new IllegalStateException("the harness can't send: " + failure.get(), failure.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * The nearer the end, the slower, so that something still comes when faults take longer than they
   * should.
   */
  private static int slowness(int left) {
    return left > 300 ? 1 : left > 100 ? 4 : 16;
  }

  /** Sends the rest without pauses and waits until it arrived. */
  void finish(Duration limit) {
    pause = Duration.ZERO;
    try {
      work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the harness can't send the rest: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
