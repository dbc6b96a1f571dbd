package io.meninx.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class InputsLagTest {
  private static final TopicPartition INPUTS = new TopicPartition("kps-updates", 0);

  /** What Kafka Streams knows of a task. */
  private record Known(
      Map<TopicPartition, Long> committedOffsets, Map<TopicPartition, Long> endOffsets)
      implements TaskMetadata {
    @Override
    public TaskId taskId() {
      return new TaskId(0, 0);
    }

    @Override
    public Set<TopicPartition> topicPartitions() {
      return Set.of(INPUTS);
    }

    @Override
    public Optional<Long> timeCurrentIdlingStarted() {
      return Optional.empty();
    }
  }

  private static long waiting(Map<TopicPartition, Long> committed) {
    return Service.waiting(Stream.of(new Known(committed, Map.of(INPUTS, 1_000_000L))));
  }

  @Test
  void whatIsFetchedAndNotCommittedWaits() {
    assertThat(waiting(Map.of(INPUTS, 999_998L))).isEqualTo(3);
    assertThat(waiting(Map.of(INPUTS, 1_000_001L))).isZero();
  }

  /** After a start it would be every input there ever was. */
  @Test
  void aPartitionThatNobodyCommittedYetIsNotCounted() {
    assertThat(waiting(Map.of())).isZero();
    assertThat(waiting(Map.of(INPUTS, -1L))).isZero();
  }
}
