package io.meninx.demo;

import io.meninx.embedded.EmbeddedKafka;
import io.meninx.service.topics.NewTopics;
import io.meninx.wire.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the demo. */
final class Cluster {

  private static final long LONG_ENOUGH_SECONDS = 30;

  /**
   * What a topic needs whose records carry simulated times: a broker refuses what is more than an
   * hour ahead of its own clock, and begins a new file for every week of record time.
   */
  static final Map<String, String> SIMULATED_TIME =
      Map.of(
          TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, String.valueOf(Long.MAX_VALUE),
          TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(Long.MAX_VALUE));

  private Cluster() {}

  /**
   * Makes all topics. Unlike in a deployment the inputs keep the time of the producer: receipt is
   * simulated (contract section 2).
   */
  static void createTopics(EmbeddedKafka kafka, int partitions) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      NewTopics.make(
              admin,
              Arrays.stream(Topic.values())
                  .map(
                      topic ->
                          new NewTopic(topic.name(""), partitions, (short) 1).configs(configs()))
                  .toList())
          .get(LONG_ENOUGH_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while topics were made", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the topics cannot be made", e);
    }
  }

  private static Map<String, String> configs() {
    Map<String, String> configs = new HashMap<>(SIMULATED_TIME);
    configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
    configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    return configs;
  }
}
