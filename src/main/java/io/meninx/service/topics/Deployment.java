package io.meninx.service.topics;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.meninx.service.settings.ServiceSettings;
import io.meninx.service.settings.StreamSettings;
import io.meninx.service.topics.TopicPlan.Fit;
import io.meninx.service.topics.TopicPlan.Wanted;
import io.meninx.topology.Names;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.RegistryRefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics, group settings and schemas of a deployment on its cluster and registry: made, and
 * compared with what they have to be.
 */
public final class Deployment implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

  /** Every version reads every other, as all of ours do: a sender can't register another. */
  private static final String LEVEL = "FULL_TRANSITIVE";

  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
  private static final Duration LAST_WAIT = Duration.ofSeconds(1);

  private final ServiceSettings settings;
  private final Admin admin;
  private final List<TopicPlan> plans;

  /** Connects when first asked. */
  public Deployment(ServiceSettings settings) {
    this.settings = settings;
    this.admin = Admin.create(settings.admin());
    List<TopicPlan> wanted = new ArrayList<>(TopicPlan.all(settings.topics()));
    settings.cloudEvents().ifPresent(_ -> wanted.add(TopicPlan.cloudEvents(settings.topics())));
    this.plans = List.copyOf(wanted);
  }

  /** How many topics there have to be. */
  public int topics() {
    return plans.size();
  }

  /**
   * Makes the topics that are missing and waits until they can be written to, writes the settings
   * of the group, sets the level of the subjects, registers the schemas. What is there already is
   * left as it is. What the registry refuses and {@code run} can do without, {@link #check} tells.
   *
   * @return names of the topics that were made
   * @throws ClusterException the cluster does not answer, or refuses
   */
  public List<String> create() {
    Set<String> there = present();
    List<TopicPlan> missing = plans.stream().filter(plan -> !there.contains(plan.name())).toList();
    await(NewTopics.make(admin, missing.stream().map(this::newTopic).toList()));
    if (settings.stream().groupProtocol() == StreamSettings.Protocol.STREAMS) {
      await(
          admin
              .incrementalAlterConfigs(
                  Map.of(
                      group(),
                      ofGroup().stream()
                          .map(
                              wanted ->
                                  new AlterConfigOp(
                                      new ConfigEntry(wanted.setting(), wanted.value()),
                                      AlterConfigOp.OpType.SET))
                          .toList()))
              .all());
    }
    try (RegistryClient registry = settings.registryClient(true)) {
      boolean levels = true;
      for (Topic topic : Topic.values()) {
        String subject = topic.subject(settings.prefix());
        register(registry, subject, topic);
        // Only then: what a sender registered before must not keep this build's out.
        levels = levels && setLevel(registry, subject);
      }
    }
    return missing.stream().map(TopicPlan::name).toList();
  }

  private NewTopic newTopic(TopicPlan plan) {
    return new NewTopic(
            plan.name(), settings.partitions(), (short) settings.topics().replicationFactor())
        .configs(plan.configs());
  }

  /**
   * Compares topics, group and schemas with what they have to be.
   *
   * @return every difference
   * @throws ClusterException the cluster does not answer, or refuses
   */
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    Set<String> there = present();
    List<TopicPlan> existing = new ArrayList<>();
    for (TopicPlan plan : plans) {
      if (there.contains(plan.name())) {
        existing.add(plan);
      } else {
        findings.add(new Finding("topic " + plan.name(), "topic", "to be there", "none", true));
      }
    }
    List<String> names = existing.stream().map(TopicPlan::name).toList();
    Map<String, TopicDescription> descriptions = await(admin.describeTopics(names).allTopicNames());
    checkTopics(existing, descriptions, findings);
    checkGroup(findings);
    Optional<Map<TopicPartition, OffsetAndMetadata>> committed = committed();
    committed.ifPresent(next -> checkOffsets(next, descriptions, findings));
    checkChangelogs(decided(committed.orElse(Map.of())), findings);
    checkSchemas(findings);
    return findings;
  }

  /**
   * The same after something was made: brokers learn of it one after the other, so differences
   * count only when they stay.
   */
  public List<Finding> checkWhatWasMade() {
    long end = System.nanoTime() + SETTLING.toNanos();
    List<Finding> findings = check();
    while (!findings.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      findings = check();
    }
    return findings;
  }

  private Set<String> present() {
    Set<String> names = new HashSet<>(await(admin.listTopics().names()));
    names.retainAll(plans.stream().map(TopicPlan::name).toList());
    return names;
  }

  private void checkTopics(
      List<TopicPlan> existing,
      Map<String, TopicDescription> descriptions,
      List<Finding> findings) {
    Map<ConfigResource, Config> configs =
        await(
            admin
                .describeConfigs(existing.stream().map(plan -> topic(plan.name())).toList())
                .all());
    for (TopicPlan plan : existing) {
      String subject = "topic " + plan.name();
      Optional.ofNullable(descriptions.get(plan.name()))
          .ifPresent(description -> checkShape(subject, description, findings));
      Optional.ofNullable(configs.get(topic(plan.name())))
          .ifPresent(config -> checkSettings(subject, plan.settings(), config, findings));
    }
  }

  private void checkShape(String subject, TopicDescription topic, List<Finding> findings) {
    int partitions = topic.partitions().size();
    if (partitions != settings.partitions()) {
      findings.add(
          new Finding(
              subject,
              "partitions",
              String.valueOf(settings.partitions()),
              String.valueOf(partitions),
              true));
    }
    int replicas =
        topic.partitions().stream().mapToInt(one -> one.replicas().size()).min().orElse(0);
    if (replicas < settings.topics().replicationFactor()) {
      findings.add(
          new Finding(
              subject,
              "replicas",
              settings.topics().replicationFactor() + " or more",
              String.valueOf(replicas),
              false));
    }
  }

  private static void checkSettings(
      String subject, Collection<Wanted> settings, Config config, List<Finding> findings) {
    for (Wanted wanted : settings) {
      String found =
          Optional.ofNullable(config.get(wanted.setting())).map(ConfigEntry::value).orElse("none");
      if (found.equals("none") || !wanted.fits(found)) {
        findings.add(
            new Finding(subject, wanted.setting(), wanted.words(), found, wanted.essential()));
      }
    }
  }

  private void checkGroup(List<Finding> findings) {
    String subject = "group " + settings.applicationId();
    boolean streams = settings.stream().groupProtocol() == StreamSettings.Protocol.STREAMS;
    GroupType wanted = streams ? GroupType.STREAMS : GroupType.CLASSIC;
    for (GroupListing group : await(admin.listGroups().all())) {
      GroupType found = group.type().orElse(wanted);
      if (group.groupId().equals(settings.applicationId())
          && found != wanted
          && group.groupState().filter(state -> state != GroupState.EMPTY).isPresent()) {
        findings.add(
            new Finding(
                subject,
                "protocol",
                wanted.toString() + " (stream.groupProtocol)",
                found + ", with members",
                true));
      }
    }
    if (streams) {
      Map<ConfigResource, Config> configs = await(admin.describeConfigs(List.of(group())).all());
      Optional.ofNullable(configs.get(group()))
          .ifPresent(config -> checkSettings(subject, ofGroup(), config, findings));
    }
  }

  /**
   * Whether the stream goes on where it stopped. Inputs that brokers deleted for their age before
   * they were decided on are passed over, and nobody would know; and brokers forget where a group
   * was that was away for {@code offsets.retention.minutes}.
   */
  private void checkOffsets(
      Map<TopicPartition, OffsetAndMetadata> next,
      Map<String, TopicDescription> topics,
      List<Finding> findings) {
    if (next.isEmpty()) {
      checkForgottenOffsets(topics, findings);
      return;
    }
    Stream<Topic> inputs = Topic.inputs().stream().filter(topic -> topic != Topic.CLOCK_TICKS);
    offsets(described(inputs, topics), OffsetSpec.earliest())
        .forEach(
            (where, first) -> {
              OffsetAndMetadata from = next.get(where);
              if (from != null && first > from.offset()) {
                findings.add(
                    new Finding(
                        "topic " + where.topic(),
                        "first offset of partition " + where.partition(),
                        "at most " + from.offset() + ", the first that is not decided",
                        first + ": what was between is deleted and lost",
                        false));
              }
            });
  }

  private void checkForgottenOffsets(Map<String, TopicDescription> topics, List<Finding> findings) {
    Stream<TopicDescription> journal = described(Stream.of(Topic.PATHWAY_JOURNAL), topics);
    if (offsets(journal, OffsetSpec.latest()).values().stream().anyMatch(end -> end > 0)) {
      findings.add(
          new Finding(
              "group " + settings.applicationId(),
              "offsets",
              "to be there, since there is a journal",
              "none: all inputs that are there will be read and journaled again",
              false));
    }
  }

  private Stream<TopicDescription> described(
      Stream<Topic> of, Map<String, TopicDescription> topics) {
    return of.map(topic -> topics.get(topic.name(settings.prefix()))).filter(Objects::nonNull);
  }

  /** Of the partitions that these topics have, whether or not they should have them. */
  private Map<TopicPartition, Long> offsets(Stream<TopicDescription> topics, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked =
        topics
            .flatMap(
                topic ->
                    topic.partitions().stream()
                        .map(info -> new TopicPartition(topic.name(), info.partition())))
            .collect(toMap(Function.identity(), _ -> which));
    return await(admin.listOffsets(asked).all()).entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  /**
   * Where the stream goes on; empty when it has not begun, absent when this client may not know.
   */
  private Optional<Map<TopicPartition, OffsetAndMetadata>> committed() {
    try {
      return Optional.of(
          await(
              admin
                  .listConsumerGroupOffsets(settings.applicationId())
                  .partitionsToOffsetAndMetadata()));
    } catch (ClusterException e) {
      if (e.getCause() instanceof GroupAuthorizationException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Partitions of which inputs are decided. */
  private Set<Integer> decided(Map<TopicPartition, OffsetAndMetadata> committed) {
    Set<String> inputs =
        Topic.inputs().stream().map(topic -> topic.name(settings.prefix())).collect(toSet());
    return committed.entrySet().stream()
        .filter(next -> inputs.contains(next.getKey().topic()) && next.getValue().offset() > 0)
        .map(next -> next.getKey().partition())
        .collect(toCollection(TreeSet::new));
  }

  /**
   * Whether all state is there. The changelogs are the state: what instances have on their disks is
   * a copy. A stream that goes on without them knows no patient any more, decides everything anew
   * and begins a second chain in the journal.
   */
  private void checkChangelogs(Set<Integer> decided, List<Finding> findings) {
    List<String> names = Names.STORES.stream().map(this::changelog).toList();
    Map<String, TopicDescription> there = new HashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(names).topicNameValues();
    for (String name : names) {
      try {
        there.put(name, await(Objects.requireNonNull(answers.get(name))));
      } catch (ClusterException e) {
        switch (e.getCause()) {
          case UnknownTopicOrPartitionException _ -> {
            if (!decided.isEmpty()) {
              findings.add(lost(name, "topic", "to be there", "none"));
            }
          }
          case TopicAuthorizationException _ -> findings.add(notAllowed(name));
          case null, default -> throw e;
        }
      }
    }
    checkChangelogSettings(there, findings);
    checkRows(there, decided, findings);
  }

  private void checkChangelogSettings(
      Map<String, TopicDescription> changelogs, List<Finding> findings) {
    Map<ConfigResource, KafkaFuture<Config>> configs =
        admin
            .describeConfigs(changelogs.keySet().stream().map(Deployment::topic).toList())
            .values();
    changelogs.forEach(
        (name, description) -> {
          checkShape("topic " + name, description, findings);
          try {
            Config config = await(Objects.requireNonNull(configs.get(topic(name))));
            checkSettings("topic " + name, TopicPlan.changelog(), config, findings);
          } catch (ClusterException e) {
            if (!(e.getCause() instanceof TopicAuthorizationException)) {
              throw e;
            }
            findings.add(notAllowed(name));
          }
        });
  }

  /**
   * The row of a partition is written with its first input, in the same transaction. The other
   * stores may have had nothing to keep yet; what was deleted of them they had. Compaction leaves
   * the newest row of each key, and so never moves the first offset to the end.
   */
  private void checkRows(
      Map<String, TopicDescription> changelogs, Set<Integer> decided, List<Finding> findings) {
    Map<TopicPartition, Long> first = offsets(changelogs.values().stream(), OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(changelogs.values().stream(), OffsetSpec.latest());
    for (String store : Names.STORES) {
      String name = changelog(store);
      List<Integer> without =
          decided.stream()
              .filter(
                  partition -> {
                    TopicPartition where = new TopicPartition(name, partition);
                    Long to = end.get(where);
                    return to != null
                        && to.equals(first.get(where))
                        && (to > 0 || store.equals(Names.PARTITION));
                  })
              .toList();
      if (!without.isEmpty()) {
        findings.add(lost(name, "rows", "some", "none in the partitions " + without));
      }
    }
  }

  private static Finding lost(String changelog, String what, String expected, String found) {
    return new Finding(
        "topic " + changelog,
        what,
        expected + ", since inputs are decided already",
        found
            + ": state is lost: restore this topic, or do the Reset of topology-docs/operations.md",
        true);
  }

  private static Finding notAllowed(String changelog) {
    return new Finding(
        "topic " + changelog,
        "permissions",
        "DESCRIBE and DESCRIBE_CONFIGS",
        "not all of them: whether state is there was not checked",
        false);
  }

  private String changelog(String store) {
    return settings.applicationId() + "-" + store + "-changelog";
  }

  /** With the streams protocol these are settings of the group; clients' own are ignored. */
  private List<Wanted> ofGroup() {
    StreamSettings stream = settings.stream();
    return List.of(
        new Wanted(
            "streams.session.timeout.ms",
            String.valueOf(stream.sessionTimeout().toMillis()),
            Fit.EXACTLY,
            false),
        new Wanted(
            "streams.heartbeat.interval.ms",
            String.valueOf(stream.heartbeatInterval().toMillis()),
            Fit.EXACTLY,
            false),
        new Wanted(
            "streams.num.standby.replicas",
            String.valueOf(stream.standbyReplicas()),
            Fit.EXACTLY,
            false));
  }

  private void checkSchemas(List<Finding> findings) {
    boolean registers = settings.registry().autoRegister();
    try (RegistryClient registry = settings.registryClient(false)) {
      boolean levels = true;
      for (Topic topic : Topic.values()) {
        String subject = topic.subject(settings.prefix());
        levels = levels && checkLevel(registry, subject, findings);
        if (!registry.compatible(subject, topic.valueSchema())) {
          findings.add(
              new Finding(
                  "subject " + subject,
                  "schema",
                  "one that this build's is compatible with",
                  "an incompatible one"
                      + registry.newestVersion(subject).map(it -> ", version " + it).orElse(""),
                  !isOfOthers(topic)
                      && !(isAnswered(topic) && isRegistered(registry, subject, topic))));
        } else if (!isRegistered(registry, subject, topic)) {
          findings.add(
              new Finding(
                  "subject " + subject, "schema", "this build's", "not registered", !registers));
        }
      }
    }
  }

  /**
   * Whether what is registered for a topic is a matter of those who send. With a schema that this
   * build's does not read their records are dead letters; that must not silence everybody else.
   */
  private boolean isOfOthers(Topic topic) {
    return topic.direction() == Topic.Direction.INPUT
        && topic != Topic.CLOCK_TICKS
        && !isAnswered(topic);
  }

  /** Whether people's answers go there from the page too: without a schema nobody can answer. */
  private boolean isAnswered(Topic topic) {
    return topic == Topic.ALERT_RESPONSES && settings.http().api();
  }

  /** Returns whether the registry tells; one without levels tells of no subject. */
  private static boolean checkLevel(
      RegistryClient registry, String subject, List<Finding> findings) {
    try {
      String found = registry.compatibilityLevel(subject);
      if (!found.equals(LEVEL)) {
        findings.add(new Finding("subject " + subject, "compatibility", LEVEL, found, false));
      }
      return true;
    } catch (RegistryException e) {
      LOG.debug("A registry without levels, or one that does not tell: {}", e.getMessage());
      return false;
    }
  }

  /** Returns whether the registry has levels that can be set. */
  private static boolean setLevel(RegistryClient registry, String subject) {
    try {
      registry.setCompatibilityLevel(subject, LEVEL);
      return true;
    } catch (RegistryException e) {
      LOG.warn("The registry does not have the levels of subjects set: {}", e.getMessage());
      return false;
    }
  }

  private void register(RegistryClient registry, String subject, Topic topic) {
    try {
      registry.idFor(subject, topic.valueSchema());
    } catch (RegistryRefusedException e) {
      if (!isOfOthers(topic)) {
        throw e;
      }
      LOG.warn("A schema is not registered: {}", e.getMessage());
    }
  }

  private static boolean isRegistered(RegistryClient registry, String subject, Topic topic) {
    try {
      registry.idFor(subject, topic.valueSchema());
      return true;
    } catch (RegistryRefusedException _) {
      return false;
    }
  }

  private ConfigResource group() {
    return new ConfigResource(ConfigResource.Type.GROUP, settings.applicationId());
  }

  private static ConfigResource topic(String name) {
    return new ConfigResource(ConfigResource.Type.TOPIC, name);
  }

  private <T> T await(Future<T> answer) {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted while waiting for the cluster", true, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      boolean away = cause instanceof RetriableException;
      String what =
          away
              ? "no answer from " + settings.kafka().servers()
              : cause instanceof AuthenticationException
                  ? "the cluster does not let this client in"
                  : "the cluster refuses";
      throw new ClusterException(
          what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage() + ")",
          away,
          cause);
    }
  }

  @Override
  public void close() {
    admin.close(LAST_WAIT);
  }
}
