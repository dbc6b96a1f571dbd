package io.meninx.service.topics;

import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Who has to be allowed what on a cluster with access control: no more than this is needed. */
public final class AccessPlan {
  private AccessPlan() {}

  /** Somebody a cluster knows by a principal of its own. */
  public enum Who {
    /** Instances of {@code run}. */
    SERVICE("`run`"),
    /** Makes the topics, once and at upgrades. */
    SETUP("`topics`"),
    /** Feeds of other systems. */
    SENDER("senders, `simulate --to kafka`"),
    /** Systems that take decisions on. */
    READER("systems that read decisions"),
    /** Reads the journal. */
    AUDITOR("`replay`, `export`, `explain`"),
    /** Handles dead letters. */
    OPERATOR("`dlq`");

    private final String words;

    Who(String words) {
      this.words = words;
    }

    /** Which commands or systems, in Markdown. */
    public String words() {
      return words;
    }
  }

  /**
   * What one of them has to be allowed. DESCRIBE is in READ and WRITE (and DESCRIBE_CONFIGS is
   * not).
   *
   * @param who is allowed
   * @param resource kind of thing
   * @param pattern whether {@code name} is the name or the beginning of names
   * @param name in the deployment
   * @param operations that are allowed, in the order of Kafka's list
   */
  public record Grant(
      Who who,
      ResourceType resource,
      PatternType pattern,
      String name,
      List<AclOperation> operations) {
    public Grant {
      operations = List.copyOf(EnumSet.copyOf(operations));
    }
  }

  /**
   * Everything that has to be allowed.
   *
   * @param prefix of the topics
   * @param applicationId of the service
   */
  public static List<Grant> all(String prefix, String applicationId) {
    List<Grant> grants = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      for (Who who : Who.values()) {
        Set<AclOperation> operations = onTopic(who, topic);
        if (!operations.isEmpty()) {
          grants.add(
              new Grant(
                  who,
                  ResourceType.TOPIC,
                  PatternType.LITERAL,
                  topic.name(prefix),
                  List.copyOf(operations)));
        }
      }
    }
    cloudEvents(prefix + AlertCloudEvents.TOPIC, grants);
    // Changelogs of the stores: their names start with the application's and a hyphen.
    grants.add(
        grant(
            Who.SERVICE,
            ResourceType.TOPIC,
            PatternType.PREFIXED,
            applicationId + "-",
            AclOperation.READ,
            AclOperation.WRITE,
            AclOperation.CREATE,
            AclOperation.DESCRIBE_CONFIGS));
    grants.add(
        grant(
            Who.SETUP,
            ResourceType.TOPIC,
            PatternType.PREFIXED,
            applicationId + "-",
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS));
    grants.add(
        grant(
            Who.SERVICE,
            ResourceType.GROUP,
            PatternType.LITERAL,
            applicationId,
            AclOperation.READ,
            AclOperation.DESCRIBE_CONFIGS));
    grants.add(
        grant(
            Who.SERVICE,
            ResourceType.TRANSACTIONAL_ID,
            PatternType.PREFIXED,
            applicationId + "-",
            AclOperation.WRITE));
    grants.add(
        grant(
            Who.SETUP,
            ResourceType.GROUP,
            PatternType.LITERAL,
            applicationId,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS));
    grants.add(
        grant(
            Who.OPERATOR,
            ResourceType.TRANSACTIONAL_ID,
            PatternType.LITERAL,
            prefix + "meninx-dlq",
            AclOperation.WRITE));
    return List.copyOf(grants);
  }

  /** The optional topic of alerts as CloudEvents. */
  private static void cloudEvents(String topic, List<Grant> grants) {
    grants.add(
        grant(
            Who.SERVICE,
            ResourceType.TOPIC,
            PatternType.LITERAL,
            topic,
            AclOperation.WRITE,
            AclOperation.DESCRIBE_CONFIGS));
    grants.add(
        grant(
            Who.SETUP,
            ResourceType.TOPIC,
            PatternType.LITERAL,
            topic,
            AclOperation.CREATE,
            AclOperation.DESCRIBE,
            AclOperation.DESCRIBE_CONFIGS));
    grants.add(
        grant(Who.READER, ResourceType.TOPIC, PatternType.LITERAL, topic, AclOperation.READ));
  }

  private static Grant grant(
      Who who,
      ResourceType resource,
      PatternType pattern,
      String name,
      AclOperation... operations) {
    return new Grant(who, resource, pattern, name, Arrays.asList(operations));
  }

  private static Set<AclOperation> onTopic(Who who, Topic topic) {
    boolean input = topic.direction() == Topic.Direction.INPUT;
    return switch (who) {
      case SERVICE -> ofService(topic);
      case SETUP ->
          Set.of(AclOperation.CREATE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS);
      case SENDER -> input ? Set.of(AclOperation.WRITE) : Set.of();
      case READER ->
          switch (topic) {
            case PATHWAY_EVENTS, PATHWAY_ALERTS, PATIENT_PATHWAYS -> Set.of(AclOperation.READ);
            default -> Set.of();
          };
      // Input topics, to see that every record of theirs is in the journal.
      case AUDITOR ->
          input || topic == Topic.PATHWAY_JOURNAL ? Set.of(AclOperation.READ) : Set.of();
      case OPERATOR ->
          switch (topic) {
            case DEAD_LETTERS -> Set.of(AclOperation.READ);
            case DEAD_LETTERS_HANDLED -> Set.of(AclOperation.READ, AclOperation.WRITE);
            // READ for the bytes of letters too large to be copied.
            default ->
                input && topic != Topic.CLOCK_TICKS
                    ? Set.of(AclOperation.READ, AclOperation.WRITE)
                    : Set.of();
          };
    };
  }

  private static Set<AclOperation> ofService(Topic topic) {
    EnumSet<AclOperation> operations = EnumSet.of(AclOperation.DESCRIBE_CONFIGS);
    switch (topic) {
      case CLOCK_TICKS, ALERT_RESPONSES ->
          operations.addAll(Set.of(AclOperation.READ, AclOperation.WRITE));
      // The read model reads them.
      case PATHWAY_EVENTS, PATHWAY_ALERTS, PATIENT_PATHWAYS ->
          operations.addAll(Set.of(AclOperation.READ, AclOperation.WRITE));
      case PATHWAY_JOURNAL, DEAD_LETTERS -> operations.add(AclOperation.WRITE);
      case DEAD_LETTERS_HANDLED -> operations.add(AclOperation.DESCRIBE);
      default -> operations.add(AclOperation.READ);
    }
    return operations;
  }

  /**
   * For {@code Admin.createAcls}.
   *
   * @param grant what is allowed
   * @param principal to whom, such as {@code User:meninx}
   */
  public static List<AclBinding> bindings(Grant grant, String principal) {
    ResourcePattern pattern = new ResourcePattern(grant.resource(), grant.name(), grant.pattern());
    return grant.operations().stream()
        .map(
            operation ->
                new AclBinding(
                    pattern,
                    new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW)))
        .toList();
  }
}
