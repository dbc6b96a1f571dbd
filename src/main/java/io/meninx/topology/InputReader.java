package io.meninx.topology;

import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.topology.Reading.FutureTick;
import io.meninx.topology.Reading.Poison;
import io.meninx.topology.Reading.Understood;
import io.meninx.topology.TopologySettings.SkippedRecord;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.utils.Utils;

/**
 * Understands a record, or says why it never can be: all checks that need no state (contract
 * section 2). The same record always reads the same.
 */
final class InputReader {
  private final TopologySettings settings;
  private final WireFormat wire;
  private final ForeignDecoder foreign;

  InputReader(TopologySettings settings, WireFormat wire, ForeignDecoder foreign) {
    this.settings = settings;
    this.wire = wire;
    this.foreign = foreign;
  }

  Reading read(InputRecord input) {
    return isSkipped(input) ? poison(PoisonReason.SKIPPED_BY_OPERATOR) : content(input);
  }

  /** Whether an operator puts this record aside. */
  boolean isSkipped(InputRecord input) {
    return settings
        .skipped()
        .contains(new SkippedRecord(input.topic().baseName(), input.partition(), input.offset()));
  }

  /** What is in a record, put aside or not. */
  Reading content(InputRecord input) {
    byte[] value = input.value();
    if (value == null) {
      return poison(PoisonReason.NULL_VALUE);
    }
    if (input.length() > settings.maxRecordBytes()) {
      return poison(PoisonReason.RECORD_TOO_LARGE);
    }
    try {
      return checked(
          input,
          foreign.reads(input.topic())
              ? foreign.read(input, value)
              : wire.read(input.topic(), value));
    } catch (PoisonRecordException e) {
      return new Poison(e.reason(), Optional.of(e.field()).filter(field -> !field.isEmpty()));
    }
  }

  /** Whom a record is about that was understood once, by its key; absent when it has none. */
  Optional<PatientId> patientOfKey(InputRecord input) {
    return Optional.ofNullable(input.key())
        .map(key -> new PatientId(new String(key, StandardCharsets.UTF_8)));
  }

  private Reading checked(InputRecord record, Input input) {
    return switch (input) {
      case Input.OfTick tick -> checked(record, tick);
      case Input.OfFact fact -> checked(record, fact);
    };
  }

  private Reading checked(InputRecord record, Input.OfFact input) {
    PatientId patient = input.fact().header().patientId();
    byte[] utf8 = patient.value().getBytes(StandardCharsets.UTF_8);
    byte[] key = record.key();
    if (key != null && !Arrays.equals(key, utf8)) {
      return poison(PoisonReason.KEY_MISMATCH, "header.patientId");
    }
    if (partitionOf(utf8, settings.partitions()) != record.partition()) {
      return poison(PoisonReason.MISPARTITIONED);
    }
    return new Understood(input);
  }

  /** Kafka's default for a key of these bytes. */
  static int partitionOf(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }

  private static Reading checked(InputRecord record, Input.OfTick tick) {
    return tick.tooFarAheadOf(Instant.ofEpochMilli(record.timestamp()))
        .<Reading>map(FutureTick::new)
        .orElseGet(() -> new Understood(tick));
  }

  private static Poison poison(PoisonReason reason) {
    return new Poison(reason, Optional.empty());
  }

  private static Poison poison(PoisonReason reason, String field) {
    return new Poison(reason, Optional.of(field));
  }
}
