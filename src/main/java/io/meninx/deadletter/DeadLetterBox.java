package io.meninx.deadletter;

import io.meninx.wire.DeadLetter;
import io.meninx.wire.Frames;
import io.meninx.wire.HandledLetter;
import io.meninx.wire.HandledLetterCodec;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.WireFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * All dead letters of a deployment, with what became of them. Reads only. Dead letters are handed
 * on one by one as they are read, so that any number of them fits; what became of them is in
 * memory, about a hundred bytes each. Not safe for use by several threads.
 */
public final class DeadLetterBox implements AutoCloseable {
  private final DeadLetterClients clients;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> finder;
  private final TopicScan scan;
  private final TopicScan originals;
  private final WireFormat wire;
  private final OutputReader letters = new OutputReader();
  private final HandledLetterCodec handledCodec = new HandledLetterCodec();
  private final List<String> unreadable = new ArrayList<>();

  /** Opens it; nothing is read yet. */
  public DeadLetterBox(DeadLetterClients clients) {
    this.clients = clients;
    this.consumer = clients.newConsumer();
    this.scan = new TopicScan(consumer);
    // Originals are looked up while the dead letters are read.
    this.finder = clients.newConsumer();
    this.originals = new TopicScan(finder);
    this.wire = new WireFormat(clients.registry(), clients.prefix());
  }

  /**
   * Reads the dead letters that there are now.
   *
   * @param selection which of them
   * @param to takes them, in order within each partition
   * @throws DeadLetterException a topic is missing or does not answer
   */
  public void each(Selection selection, Consumer<Letter> to) {
    Map<LetterId, HandledLetter> handled = handled();
    scan.all(
        clients.name(Topic.DEAD_LETTERS),
        row -> letter(row, handled).filter(selection::matches).ifPresent(to));
  }

  /** Records of both topics that could not be read so far: where they stand, and why. */
  public List<String> unreadable() {
    return List.copyOf(unreadable);
  }

  /** The record a dead letter tells of; absent when its topic does not keep it any more. */
  Optional<ConsumerRecord<byte[], byte[]>> original(LetterId id) {
    return originals.one(clients.name(id.topic()), id.partition(), id.offset());
  }

  Map<LetterId, HandledLetter> handled() {
    Map<LetterId, HandledLetter> handled = new HashMap<>();
    scan.all(
        clients.name(Topic.DEAD_LETTERS_HANDLED),
        row ->
            decoded(row, Topic.DEAD_LETTERS_HANDLED, handledCodec::decode)
                .ifPresent(
                    mark ->
                        LetterId.of(mark.topic(), mark.partition(), mark.offset())
                            .ifPresent(id -> handled.putIfAbsent(id, mark))));
    return handled;
  }

  private Optional<Letter> letter(
      ConsumerRecord<byte[], byte[]> row, Map<LetterId, HandledLetter> handled) {
    Optional<DeadLetter> content = decoded(row, Topic.DEAD_LETTERS, letters::deadLetter);
    return content.flatMap(
        letter ->
            LetterId.of(letter.topic(), letter.partition(), letter.offset())
                .map(id -> new Letter(id, letter, Optional.ofNullable(handled.get(id)))));
  }

  private interface Decoding<T> {
    T of(org.apache.avro.Schema schema, byte[] payload, int offset, int length)
        throws PoisonRecordException;
  }

  private <T> Optional<T> decoded(
      ConsumerRecord<byte[], byte[]> row, Topic topic, Decoding<T> decoding) {
    byte[] value = row.value();
    try {
      if (value == null) {
        return Optional.empty(); // A tombstone: nobody here writes one.
      }
      return Optional.of(
          decoding.of(
              wire.writerSchema(topic, value),
              value,
              Frames.HEADER_LENGTH,
              value.length - Frames.HEADER_LENGTH));
    } catch (PoisonRecordException e) {
      unreadable.add(
          topic.baseName() + ":" + row.partition() + ":" + row.offset() + " " + e.reason());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    consumer.close();
    finder.close();
  }
}
