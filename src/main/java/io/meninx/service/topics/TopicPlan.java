package io.meninx.service.topics;

import io.meninx.service.settings.TopicSettings;
import io.meninx.topology.MeninxTopology;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What one topic has to be (contract section 2).
 *
 * @param topic of the contract; for alerts as CloudEvents that of the alerts
 * @param name in the deployment
 * @param settings it must have
 */
public record TopicPlan(Topic topic, String name, List<Wanted> settings) {
  public TopicPlan {
    settings = List.copyOf(settings);
  }

  /**
   * Largest record of an input: the brokers' own default. A dead letter holds a whole input, with
   * room to spare.
   */
  static final int LARGEST_INPUT = 1_048_588;

  /**
   * A null that erases a patient must outlive what it erases. Brokers delete by segments, each open
   * for up to 7 days ({@code segment.ms}), and look now and then.
   */
  private static final Duration LAST_SEGMENT = Duration.ofDays(8);

  /** How a value is compared. */
  public enum Fit {
    /** This value. */
    EXACTLY,
    /** This number or a larger one. */
    AT_LEAST,
    /** This number or a smaller one. */
    AT_MOST,
    /** This span or a longer one; below 0 it has no end. */
    AS_LONG
  }

  /**
   * A setting.
   *
   * @param setting of the topic
   * @param value to make it with
   * @param fit which others will do
   * @param essential whether decisions would be wrong or lost without it, so that {@code run} does
   *     not start
   */
  public record Wanted(String setting, String value, Fit fit, boolean essential) {
    boolean fits(String found) {
      return switch (fit) {
        case EXACTLY -> value.equals(found);
        case AT_LEAST -> Long.parseLong(found) >= Long.parseLong(value);
        case AT_MOST -> Long.parseLong(found) <= Long.parseLong(value);
        case AS_LONG -> Long.parseLong(found) < 0 || Long.parseLong(found) >= Long.parseLong(value);
      };
    }

    /** The values that will do, in words. */
    public String words() {
      return switch (fit) {
        case EXACTLY -> value;
        case AT_LEAST, AS_LONG -> value + " or more";
        case AT_MOST -> value + " or less";
      };
    }
  }

  /** Every topic of the deployment. */
  public static List<TopicPlan> all(TopicSettings settings) {
    return Arrays.stream(Topic.values())
        .map(topic -> new TopicPlan(topic, topic.name(settings.prefix()), wanted(topic, settings)))
        .toList();
  }

  /** The optional topic of alerts as CloudEvents: as that of the alerts, without a schema. */
  public static TopicPlan cloudEvents(TopicSettings settings) {
    return new TopicPlan(
        Topic.PATHWAY_ALERTS,
        settings.prefix() + AlertCloudEvents.TOPIC,
        wanted(Topic.PATHWAY_ALERTS, settings));
  }

  /** What the changelogs of the stream's stores have to have; Kafka Streams makes them with it. */
  static List<Wanted> changelog() {
    return MeninxTopology.CHANGELOG.entrySet().stream()
        .map(
            setting ->
                setting.getKey().equals(TopicConfig.CLEANUP_POLICY_CONFIG)
                    ? new Wanted(setting.getKey(), setting.getValue(), Fit.EXACTLY, true)
                    : new Wanted(setting.getKey(), setting.getValue(), Fit.AT_LEAST, false))
        .toList();
  }

  /** For making it. */
  Map<String, String> configs() {
    return settings.stream().collect(Collectors.toMap(Wanted::setting, Wanted::value));
  }

  private static List<Wanted> wanted(Topic topic, TopicSettings settings) {
    boolean input = topic.direction() == Topic.Direction.INPUT;
    boolean compacted = topic == Topic.PATIENT_PATHWAYS || topic == Topic.DEAD_LETTERS_HANDLED;
    List<Wanted> wanted = new ArrayList<>();
    // The broker's time is the time of receipt; outputs carry that of the input they come from.
    wanted.add(
        new Wanted(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            input ? "LogAppendTime" : "CreateTime",
            Fit.EXACTLY,
            input));
    wanted.add(
        new Wanted(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            compacted ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE,
            Fit.EXACTLY,
            true));
    if (!compacted) {
      // Longer loses nothing; but what is derived would outlive the null that erases a patient, and
      // dead letters hold what nobody could read.
      wanted.add(
          new Wanted(
              TopicConfig.RETENTION_MS_CONFIG,
              String.valueOf(retention(topic, settings).toMillis()),
              input || topic == Topic.PATHWAY_JOURNAL ? Fit.AS_LONG : Fit.EXACTLY,
              false));
    }
    if (topic == Topic.PATIENT_PATHWAYS) {
      wanted.add(
          new Wanted(
              TopicConfig.DELETE_RETENTION_MS_CONFIG,
              String.valueOf(settings.outputRetention().plus(LAST_SEGMENT).toMillis()),
              Fit.AT_LEAST,
              false));
    }
    wanted.add(
        input
            ? new Wanted(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(LARGEST_INPUT),
                Fit.AT_MOST,
                true)
            : new Wanted(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                String.valueOf(settings.maxMessageBytes()),
                Fit.AT_LEAST,
                true));
    wanted.add(
        new Wanted(
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            String.valueOf(settings.minInSyncReplicas()),
            Fit.EXACTLY,
            false));
    wanted.add(
        new Wanted(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false", Fit.EXACTLY, false));
    return wanted;
  }

  private static Duration retention(Topic topic, TopicSettings settings) {
    return switch (topic) {
      case CLOCK_TICKS -> settings.tickRetention();
      case PATHWAY_JOURNAL -> settings.journalRetention();
      case DEAD_LETTERS -> settings.deadLetterRetention();
      case PATHWAY_EVENTS, PATHWAY_ALERTS, PATIENT_PATHWAYS -> settings.outputRetention();
      default -> settings.inputRetention();
    };
  }
}
