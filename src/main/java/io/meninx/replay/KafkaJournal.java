package io.meninx.replay;

import io.meninx.journal.Sha256;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.RegistryClient;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.SchemaNotFoundException;
import io.meninx.wire.registry.SchemaUnusableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The journal in its topic, as a committed reader sees it, up to the end it has when this is made.
 * Joins no group and commits nothing.
 */
public final class KafkaJournal implements JournalSource, InputTopics {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Silence after which the cluster counts as away. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, Object> config;
  private final String prefix;
  private final RegistryClient registry;
  private final boolean compareInputs;
  private final TreeMap<Integer, Range> ranges = new TreeMap<>();

  /** Offsets from, inclusive, to, exclusive. */
  private record Range(long from, long to) {}

  /**
   * The journal of a deployment.
   *
   * @param client properties of a Kafka client: servers and security
   * @param prefix of the topics
   * @param registry that has the schemas
   * @param compareInputs whether input topics are read too, to compare their offsets with those in
   *     the journal
   * @throws JournalUnreadableException the cluster does not answer, or has no journal
   */
  public KafkaJournal(
      Map<String, Object> client, String prefix, RegistryClient registry, boolean compareInputs) {
    this.config = new HashMap<>(client);
    this.prefix = prefix;
    this.registry = registry;
    this.compareInputs = compareInputs;
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    findRanges();
  }

  private void findRanges() {
    String topic = Topic.PATHWAY_JOURNAL.name(prefix);
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos.isEmpty()) {
        throw new JournalUnreadableException("there is no topic " + topic);
      }
      List<TopicPartition> all =
          infos.stream().map(info -> new TopicPartition(topic, info.partition())).toList();
      Map<TopicPartition, Long> begin = consumer.beginningOffsets(all);
      Map<TopicPartition, Long> end = consumer.endOffsets(all);
      for (TopicPartition one : all) {
        ranges.put(one.partition(), new Range(offset(begin, one), offset(end, one)));
      }
    } catch (KafkaException e) {
      throw new JournalUnreadableException("the topic " + topic + " can't be read", e);
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  @Override
  public List<Integer> partitions() {
    return List.copyOf(ranges.keySet());
  }

  @Override
  public long atMost(int partition) {
    Range range = range(partition);
    return range.to() - range.from();
  }

  @Override
  public long end(int partition) {
    return range(partition).to();
  }

  /** A marker of a transaction may be left where every entry is gone. */
  @Override
  public boolean isEmptied(int partition) {
    return range(partition).from() > 0;
  }

  private Range range(int partition) {
    return ranges.getOrDefault(partition, new Range(0, 0));
  }

  @Override
  public JournalReader open(int partition, long fromOffset) {
    Range range = range(partition);
    TopicPartition where = new TopicPartition(Topic.PATHWAY_JOURNAL.name(prefix), partition);
    return new Reader(
        new Records(where, Math.max(range.from(), fromOffset), range.to()), partition);
  }

  @Override
  public Optional<InputTopics> inputs() {
    return compareInputs ? Optional.of(this) : Optional.empty();
  }

  @Override
  public Optional<Offsets> offsets(String topic, int partition, long first, long last) {
    TopicPartition where = new TopicPartition(prefix + topic, partition);
    try (Consumer<byte[], byte[]> consumer = consumer()) {
      if (consumer.partitionsFor(where.topic()).stream()
          .noneMatch(info -> info.partition() == partition)) {
        return Optional.empty();
      }
      long begin = offset(consumer.beginningOffsets(List.of(where)), where);
      long end = offset(consumer.endOffsets(List.of(where)), where);
      Records records = new Records(where, Math.max(begin, first), Math.min(end, last + 1));
      return Optional.of(new Offsets(begin, new OffsetIterator(records)));
    } catch (KafkaException e) {
      throw new JournalUnreadableException("the topic " + where.topic() + " can't be read", e);
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Records of a partition up to an end, fetched as they are asked for. */
  private final class Records implements AutoCloseable {
    private final TopicPartition where;
    private final long end;
    private final Consumer<byte[], byte[]> consumer;
    private final Deque<ConsumerRecord<byte[], byte[]>> fetched = new ArrayDeque<>();

    Records(TopicPartition where, long from, long end) {
      this.where = where;
      this.end = end;
      this.consumer = consumer();
      consumer.assign(List.of(where));
      consumer.seek(where, from);
    }

    Optional<ConsumerRecord<byte[], byte[]>> next() {
      if (fetched.isEmpty()) {
        fetch();
      }
      return Optional.ofNullable(fetched.poll());
    }

    private void fetch() {
      try {
        long silent = 0;
        long position = consumer.position(where);
        while (fetched.isEmpty() && position < end) {
          for (ConsumerRecord<byte[], byte[]> row : consumer.poll(POLL)) {
            if (row.offset() < end) {
              fetched.add(row);
            }
          }
          long moved = consumer.position(where);
          silent = moved > position ? 0 : silent + POLL.toMillis();
          position = moved;
          if (silent >= PATIENCE.toMillis()) {
            throw new JournalUnreadableException(
                where + " ends at offset " + position + " and should go on to " + end);
          }
        }
      } catch (KafkaException e) {
        throw new JournalUnreadableException(where + " can't be read", e);
      }
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private final class Reader implements JournalReader {
    private final Records records;
    private final int partition;
    private final Map<Integer, Schema> schemas = new HashMap<>();

    Reader(Records records, int partition) {
      this.records = records;
      this.partition = partition;
    }

    @Override
    public Optional<JournalRecord> next() {
      return records.next().map(this::read);
    }

    private JournalRecord read(ConsumerRecord<byte[], byte[]> row) {
      try {
        byte[] value = row.value() == null ? new byte[0] : row.value();
        int id = Frames.schemaId(value);
        if (value.length < Frames.HEADER_LENGTH + Sha256.LENGTH) {
          throw new PoisonRecordException(PoisonReason.UNDECODABLE);
        }
        return new JournalRecord.Whole(
            row.offset(),
            schemas.computeIfAbsent(id, this::schema),
            Arrays.copyOfRange(value, Frames.HEADER_LENGTH, value.length));
      } catch (PoisonRecordException | SchemaNotFoundException | SchemaUnusableException e) {
        throw new JournalUnreadableException(
            "the journal's topic has a record that is none of it: partition "
                + partition
                + ", offset "
                + row.offset(),
            e);
      } catch (RegistryException e) {
        throw new JournalUnreadableException("the schema registry does not answer", e);
      }
    }

    private Schema schema(int id) {
      return registry.schemaById(id, Topic.PATHWAY_JOURNAL.subject(prefix));
    }

    @Override
    public void close() {
      records.close();
    }
  }

  private static final class OffsetIterator implements PrimitiveIterator.OfLong {
    private final Records records;
    private Optional<ConsumerRecord<byte[], byte[]>> next;

    OffsetIterator(Records records) {
      this.records = records;
      this.next = records.next();
    }

    @Override
    public boolean hasNext() {
      if (next.isEmpty()) {
        records.close();
      }
      return next.isPresent();
    }

    @Override
    public long nextLong() {
      long offset = next.orElseThrow(NoSuchElementException::new).offset();
      next = records.next();
      return offset;
    }
  }
}
