package io.meninx.simulate;

import io.meninx.wire.Topic;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.PartitionInfo;

/**
 * Looks whether a cluster has the input topics, before anything is sent: a producer waits a minute
 * for a topic or a partition that is not there, for every message anew.
 */
public final class SimulationTopics {
  private SimulationTopics() {}

  /**
   * Requires every input topic.
   *
   * @param consumer to ask by, which makes no topics
   * @param prefix of the topics
   * @param partitions that each has to have
   * @throws IllegalStateException one is not there, or has another number of partitions
   */
  public static void require(Consumer<?, ?> consumer, String prefix, int partitions) {
    for (Topic topic : Topic.inputs()) {
      String name = topic.name(prefix);
      List<PartitionInfo> found = consumer.partitionsFor(name);
      if (found == null || found.isEmpty()) {
        throw new IllegalStateException(
            "There is no topic " + name + "; 'meninx topics --create' makes the topics.");
      }
      if (found.size() != partitions) {
        throw new IllegalStateException(
            "The topic "
                + name
                + " has "
                + found.size()
                + " partitions, and topics.partitions is "
                + partitions
                + "; 'meninx topics --check' compares all.");
      }
    }
  }
}
