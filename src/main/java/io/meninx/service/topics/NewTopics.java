package io.meninx.service.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Makes topics that can be written to at once. A topic is made when the controller says so, and its
 * leaders learn of it a moment later; what an idempotent producer sends in that moment can be
 * refused at first and then overtaken by what it sends next, which is not put right any more: the
 * first records wait until their delivery times out, and are lost (KAFKA-15591).
 */
public final class NewTopics {
  /** How long the leaders of a topic may take to learn of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Executor SOON =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private NewTopics() {}

  /**
   * Makes topics.
   *
   * @param topics with their number of partitions
   * @return done when the leader of every partition answers; fails as {@link Admin} does, and when
   *     a leader doesn't answer for a minute
   */
  public static CompletableFuture<Void> make(Admin admin, Collection<NewTopic> topics) {
    return admin
        .createTopics(topics)
        .all()
        .toCompletionStage()
        .thenCompose(_ -> answered(admin, ends(topics), System.nanoTime()))
        .toCompletableFuture();
  }

  /**
   * Asks until every leader answers. {@link Admin} itself asks again only when a leader doesn't
   * know the partition; the broker that is asked who leads may not know the topic yet either.
   */
  private static CompletionStage<Void> answered(
      Admin admin, Map<TopicPartition, OffsetSpec> ends, long since) {
    return admin
        .listOffsets(ends)
        .all()
        .toCompletionStage()
        .<Void>thenApply(_ -> null)
        .exceptionallyCompose(
            failure ->
                canChange(failure) && System.nanoTime() - since < PATIENCE.toNanos()
                    ? CompletableFuture.runAsync(() -> {}, SOON)
                        .thenCompose(_ -> answered(admin, ends, since))
                    : CompletableFuture.failedStage(failure));
  }

  private static boolean canChange(Throwable failure) {
    Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    return cause instanceof RetriableException;
  }

  private static Map<TopicPartition, OffsetSpec> ends(Collection<NewTopic> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                IntStream.range(0, topic.numPartitions())
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
        .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
  }
}
