package io.meninx.deadletter;

import io.meninx.journal.Sha256;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.HandledLetter;
import io.meninx.wire.HandledLetter.Action;
import io.meninx.wire.HandledLetterCodec;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Sends dead letters back or discards them, each once and for all.
 *
 * <p>How "once" is kept: what is sent back and the record in dead-letters-handled that says so are
 * one transaction, so neither is there without the other. There is one writer at a time: a new one,
 * with the same transactional id, first ends what another one had begun and shuts it out, and only
 * then reads what was handled. So a repeat finds the record and does nothing, after a crash at any
 * point too, and of two operators who do the same at once one gets an error.
 */
public final class Desk implements AutoCloseable {
  private static final int BATCH_LETTERS = 500;
  private static final long BATCH_BYTES = 4L * 1024 * 1024;

  private final DeadLetterClients clients;
  private final Author author;
  private final DeadLetterBox box;
  private final WireFormat wire;
  private final HandledLetterCodec codec = new HandledLetterCodec();
  private final Producer<byte[], byte[]> producer;

  /**
   * Who is at the desk.
   *
   * @param by name or account
   * @param engineVersion of the program
   * @param clock of the operator's machine
   */
  public record Author(String by, String engineVersion, Clock clock) {}

  /**
   * What became of the dead letters of a selection.
   *
   * @param done handled now
   * @param before handled earlier, and left alone
   * @param cameBack not sent back: they were before, and came to the same end
   * @param impossible not sent back, with the reason, a line each
   * @param unknown named, and no dead letter that the rest of the selection applies to
   */
  public record Outcome(
      int done, int before, int cameBack, List<String> impossible, List<LetterId> unknown) {
    public Outcome {
      impossible = List.copyOf(impossible);
      unknown = List.copyOf(unknown);
    }
  }

  /**
   * Opens it, and shuts out whoever is at it.
   *
   * @throws DeadLetterException the cluster does not answer or refuses
   */
  public Desk(DeadLetterClients clients, Author author) {
    this.clients = clients;
    this.author = author;
    this.wire = new WireFormat(clients.registry(), clients.prefix());
    this.producer = clients.newProducer();
    this.box = new DeadLetterBox(clients);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      close();
      throw new DeadLetterException("No transaction can be begun: " + kind(e), e);
    }
  }

  /**
   * Sends the bytes and headers of dead letters back to where they came from, topic and partition,
   * with one header more: {@link Letter#REPLAY_OF}.
   *
   * @param selection which of them; states in it are ignored
   * @param again also those that were sent back before and came to the same end
   */
  public Outcome replay(Selection selection, boolean again) {
    return handle(selection, Action.REPLAYED, Optional.empty(), again);
  }

  /**
   * Notes that dead letters will not be sent back.
   *
   * @param selection which of them; states in it are ignored
   * @param because why; no patient data
   */
  public Outcome discard(Selection selection, String because) {
    return handle(selection, Action.DISCARDED, Optional.of(because), true);
  }

  /** Records that could not be read so far: where they stand, and why. */
  public List<String> unreadable() {
    return box.unreadable();
  }

  private Outcome handle(Selection selection, Action action, Optional<String> note, boolean again) {
    Run run = new Run(selection.ids(), action, note, again);
    try {
      box.each(selection.inAnyState(), run::take);
      run.send();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw new DeadLetterException(
          "Somebody else began to handle dead letters; what was not finished here was not done."
              + " Do it again.",
          e);
    } catch (KafkaException e) {
      throw new DeadLetterException(
          "The cluster refused or did not answer ("
              + kind(e)
              + "); what was not finished was not done. Do it again.",
          e);
    }
    List<LetterId> unknown =
        selection.ids().stream()
            .filter(id -> !run.met.contains(id))
            .sorted(Comparator.comparing(LetterId::toString))
            .toList();
    return new Outcome(run.done, run.before, run.cameBack, run.impossible, unknown);
  }

  /** One pass over the dead letters. */
  private final class Run {
    private final Set<LetterId> named;
    private final Action action;
    private final Optional<String> note;
    private final boolean again;
    private final Instant at = author.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    private final Set<LetterId> met = new HashSet<>();
    private final Set<LetterId> seen = new HashSet<>();
    private final List<Letter> batch = new ArrayList<>();
    private final List<String> impossible = new ArrayList<>();
    private long bytes;
    private int done;
    private int before;
    private int cameBack;

    Run(Set<LetterId> named, Action action, Optional<String> note, boolean again) {
      this.named = named;
      this.action = action;
      this.note = note;
      this.again = again;
    }

    void take(Letter letter) {
      if (!named.isEmpty()) {
        met.add(letter.id());
      }
      if (letter.handled().isPresent()) {
        before++;
      } else if (!again && !letter.earlier().isEmpty()) {
        cameBack++;
      } else if (seen.add(letter.id())) {
        batch.add(letter);
        bytes += letter.length();
      }
      if (batch.size() >= BATCH_LETTERS || bytes >= BATCH_BYTES) {
        send();
      }
    }

    /** Handles what was collected, in one transaction. */
    void send() {
      List<Letter> letters = List.copyOf(batch);
      batch.clear();
      bytes = 0;
      try {
        transaction(letters);
      } catch (KafkaException e) {
        if (!isTooLarge(e)) {
          throw e;
        }
        producer.abortTransaction();
        letters.forEach(this::alone);
      }
    }

    /** One that no broker takes must not keep the others from being sent. */
    private void alone(Letter letter) {
      try {
        transaction(List.of(letter));
      } catch (KafkaException e) {
        if (!isTooLarge(e)) {
          throw e;
        }
        producer.abortTransaction();
        impossible.add(letter.id() + " is larger than its topic takes now");
      }
    }

    private void transaction(List<Letter> letters) {
      if (letters.isEmpty()) {
        return;
      }
      producer.beginTransaction();
      int sent = 0;
      for (Letter letter : letters) {
        if (action == Action.DISCARDED || sentBack(letter)) {
          mark(letter.id());
          sent++;
        }
      }
      producer.commitTransaction(); // Throws what any send met with.
      done += sent;
    }

    private boolean sentBack(Letter letter) {
      LetterId id = letter.id();
      if (id.topic() == Topic.CLOCK_TICKS) {
        impossible.add(id + " is a tick: the time it tells is over, discard it");
        return false;
      }
      Optional<ProducerRecord<byte[], byte[]>> original = original(letter);
      if (original.isEmpty()) {
        impossible.add(id + " was too large to be copied, and its topic does not keep it any more");
      }
      original.ifPresent(Desk.this::send);
      return original.isPresent();
    }

    private void mark(LetterId id) {
      HandledLetter handled =
          new HandledLetter(
              id.topic().baseName(),
              id.partition(),
              id.offset(),
              action,
              author.by(),
              note,
              at,
              author.engineVersion());
      Desk.this.send(
          new ProducerRecord<>(
              clients.name(Topic.DEAD_LETTERS_HANDLED),
              id.partition(),
              id.bytes(),
              wire.frame(codec.encode(handled))));
    }
  }

  /** The record as it was, and a header that says what it was before. */
  private Optional<ProducerRecord<byte[], byte[]>> original(Letter letter) {
    DeadLetter content = letter.content();
    if (content.omitted().isPresent()) {
      return box.original(letter.id())
          .filter(row -> isWhatWasRead(row, content.omitted().get()))
          .map(
              row -> record(letter.id(), row.key(), row.value(), List.of(row.headers().toArray())));
    }
    List<Header> headers = new ArrayList<>();
    for (DeadLetter.Header header : content.headers()) {
      headers.add(new RecordHeader(header.name(), header.value().orElse(null)));
    }
    return Optional.of(
        record(letter.id(), content.key().orElse(null), content.value().orElse(null), headers));
  }

  private ProducerRecord<byte[], byte[]> record(
      LetterId id, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    List<Header> all = new ArrayList<>(headers);
    all.add(new RecordHeader(Letter.REPLAY_OF, id.toString().getBytes(StandardCharsets.UTF_8)));
    return new ProducerRecord<>(clients.name(id.topic()), id.partition(), key, value, all);
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    var _ = producer.send(record); // Its failure is a failure of the transaction.
  }

  private static boolean isTooLarge(KafkaException e) {
    return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
        .anyMatch(RecordTooLargeException.class::isInstance);
  }

  private static boolean isWhatWasRead(
      ConsumerRecord<byte[], byte[]> row, DeadLetter.Omitted omitted) {
    return Optional.ofNullable(row.key()).map(Sha256::of).equals(omitted.key())
        && Optional.ofNullable(row.value()).map(Sha256::of).equals(omitted.value());
  }

  /** Of an error of the client: its messages may name what was sent, its kind does not. */
  private static String kind(KafkaException e) {
    return e.getClass().getSimpleName();
  }

  @Override
  public void close() {
    producer.close();
    box.close();
  }
}
