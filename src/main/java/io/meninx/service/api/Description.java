package io.meninx.service.api;

import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What runs here.
 *
 * @param applicationId of the group
 * @param engineVersion of the program
 * @param guidelineId by which it is decided
 * @param guidelineVersion of it
 * @param guidelineHash of its text
 * @param partitions of every topic
 * @param topics with their names in this deployment
 * @param text the topology as Kafka Streams describes it
 */
public record Description(
    String applicationId,
    String engineVersion,
    String guidelineId,
    String guidelineVersion,
    String guidelineHash,
    int partitions,
    List<TopicLine> topics,
    String text) {
  public Description {
    topics = List.copyOf(topics);
  }

  /** Every topic of a deployment with this prefix. */
  public static List<TopicLine> topics(String prefix) {
    return topics(prefix, false);
  }

  /** The same, and that of alerts as CloudEvents if it is wanted. */
  public static List<TopicLine> topics(String prefix, boolean cloudEvents) {
    Stream<TopicLine> more =
        cloudEvents
            ? Stream.of(
                new TopicLine(prefix + AlertCloudEvents.TOPIC, Topic.Direction.OUTPUT.name()))
            : Stream.empty();
    return Stream.concat(
            Arrays.stream(Topic.values())
                .map(topic -> new TopicLine(topic.name(prefix), topic.direction().name())),
            more)
        .toList();
  }

  /**
   * A topic.
   *
   * @param name in this deployment
   * @param direction INPUT, OUTPUT or OPERATIONS
   */
  public record TopicLine(String name, String direction) {}
}
