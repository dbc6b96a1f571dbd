package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.journal.Chain;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.Sha256;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.Encoded;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What goes out, in order. Values are encoded and framed when they are added, since that can fail
 * and handing on must not (invariant 7).
 */
final class Outbox {
  /** The key stands in the value too, and a record of twice its size may be too large to send. */
  private static final int LARGEST_KEY = 1024;

  private final OutputWriter writer;
  private final WireFormat wire;
  private final Optional<AlertCloudEvents> cloudEvents;
  private final List<Message> messages = new ArrayList<>();
  private long bytes;

  /** Without CloudEvents. */
  Outbox(OutputWriter writer, WireFormat wire) {
    this(writer, wire, Optional.empty());
  }

  Outbox(OutputWriter writer, WireFormat wire, Optional<AlertCloudEvents> cloudEvents) {
    this.writer = writer;
    this.wire = wire;
    this.cloudEvents = cloudEvents;
  }

  /**
   * A record to send.
   *
   * @param topic where to
   * @param key raw; absent for the journal, and for a dead letter that had none
   * @param value framed
   * @param cloudEvent the same as a CloudEvent, for an alert where that is wanted
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
  record Message(Topic topic, byte @Nullable [] key, byte[] value, Optional<byte[]> cloudEvent) {}

  void event(PatientId patient, PathwayEvent event) {
    add(key(patient), writer.event(patient, event));
  }

  void alert(PatientId patient, AlertRevision alert) {
    add(
        key(patient),
        writer.alert(patient, alert),
        cloudEvents.map(events -> events.write(patient, alert)));
  }

  void pathway(PatientId patient, Instant at, PublicState state) {
    add(key(patient), writer.pathway(patient, at, state));
  }

  /** Its key is that of the input, unless it is larger than any key this engine knows. */
  void deadLetter(byte @Nullable [] key, DeadLetter letter) {
    boolean small = key != null && key.length <= LARGEST_KEY;
    add(small ? key : null, writer.deadLetter(letter));
  }

  /** Adds a journal entry and returns its link. */
  Sha256 journal(JournalEntry entry, Sha256 previous) {
    OutputWriter.Linked linked = writer.journal(entry, previous);
    add(null, linked.encoded());
    return linked.link();
  }

  /** Length of a journal entry, bytes, without adding it. */
  int length(JournalEntry entry) {
    return writer.journal(entry, Chain.GENESIS).encoded().body().length;
  }

  /** Bytes added so far. */
  long bytes() {
    return bytes;
  }

  /** Takes everything out. */
  List<Message> take() {
    List<Message> taken = List.copyOf(messages);
    messages.clear();
    bytes = 0;
    return taken;
  }

  private void add(byte @Nullable [] key, Encoded value) {
    add(key, value, Optional.empty());
  }

  private void add(byte @Nullable [] key, Encoded value, Optional<byte[]> cloudEvent) {
    byte[] framed = wire.frame(value);
    bytes += framed.length;
    messages.add(new Message(value.topic(), key, framed, cloudEvent));
  }

  private static byte[] key(PatientId patient) {
    return patient.value().getBytes(StandardCharsets.UTF_8);
  }
}
