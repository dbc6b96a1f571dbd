package io.meninx.service.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;

class NewTopicsTest {
  private static final List<NewTopic> TOPICS =
      List.of(new NewTopic("kps-updates", 2, (short) 1), new NewTopic("clock-ticks", 1, (short) 1));

  private final KafkaFutureImpl<CreateTopicsResult.TopicMetadataAndConfig> made =
      new KafkaFutureImpl<>();
  private final KafkaFutureImpl<ListOffsetsResultInfo> ends = new KafkaFutureImpl<>();
  private final Deque<KafkaFutureImpl<ListOffsetsResultInfo>> answers =
      new ArrayDeque<>(List.of(ends));
  private final List<TopicPartition> asked = new ArrayList<>();

  @Test
  void topicsAreMadeWhenTheLeaderOfEachPartitionAnswers() {
    CompletableFuture<Void> topics = NewTopics.make(admin(), TOPICS);
    assertThat(asked).isEmpty();

    made.complete(null);
    assertThat(asked)
        .containsExactlyInAnyOrder(
            new TopicPartition("kps-updates", 0),
            new TopicPartition("kps-updates", 1),
            new TopicPartition("clock-ticks", 0));
    assertThat(topics).isNotDone();

    ends.complete(null);
    assertThat(topics).isCompleted();
  }

  @Test
  void whatTheClusterRefusesIsTold() {
    CompletableFuture<Void> topics = NewTopics.make(admin(), TOPICS);

    made.completeExceptionally(new TopicExistsException("kps-updates"));

    assertThatThrownBy(topics::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TopicExistsException.class);
  }

  @Test
  void aBrokerThatDoesNotKnowTheTopicYetIsAskedAgain() {
    KafkaFutureImpl<ListOffsetsResultInfo> later = new KafkaFutureImpl<>();
    answers.add(later);
    made.complete(null);
    ends.completeExceptionally(new UnknownTopicOrPartitionException("kps-updates"));
    later.complete(null);

    assertThat(NewTopics.make(admin(), TOPICS)).succeedsWithin(Duration.ofSeconds(30));
    assertThat(answers).isEmpty();
  }

  @Test
  void whatAsksInVainIsNotAskedAgain() {
    made.complete(null);
    ends.completeExceptionally(new TopicAuthorizationException("kps-updates"));

    assertThatThrownBy(() -> NewTopics.make(admin(), TOPICS).get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(TopicAuthorizationException.class);
    assertThat(asked).hasSize(3);
  }

  private Admin admin() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (_, method, arguments) ->
                switch (method.getName()) {
                  case "createTopics" -> new Made(Map.of("kps-updates", made));
                  case "listOffsets" -> ends((Map<?, ?>) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private ListOffsetsResult ends(Map<?, ?> wanted) {
    Collection<TopicPartition> partitions =
        wanted.keySet().stream().map(TopicPartition.class::cast).toList();
    asked.addAll(partitions);
    return new ListOffsetsResult(Map.of(partitions.iterator().next(), answers.remove()));
  }

  private static final class Made extends CreateTopicsResult {
    Made(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
      super(futures);
    }
  }
}
