package io.meninx.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Says what the time of some work goes to: samples of Java Flight Recorder, by part. */
final class Hotspots {
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final int SHOWN = 5;

  /** Parts by prefix of the class, the more special first. */
  private static final List<Map.Entry<String, String>> PARTS =
      List.of(
          Map.entry("io.meninx.guideline.", "rules"),
          Map.entry("io.meninx.pathway.", "pathway"),
          Map.entry("io.meninx.fact.", "facts"),
          Map.entry("io.meninx.wire.State", "state rows"),
          Map.entry("io.meninx.wire.avro.", "Avro"),
          Map.entry("io.meninx.wire.", "wire"),
          Map.entry("io.meninx.topology.", "topology"),
          Map.entry("io.meninx.journal.", "journal and digests"),
          Map.entry("io.meninx.replay.", "replay"),
          Map.entry("io.meninx.bench.", "the measurement itself"),
          Map.entry("io.meninx.", "other parts of Meninx"),
          Map.entry("org.apache.avro.", "Avro"),
          Map.entry("org.rocksdb.", "RocksDB"),
          Map.entry("org.apache.kafka.streams.", "Kafka Streams"),
          Map.entry("org.apache.kafka.clients.", "Kafka clients"),
          Map.entry("org.apache.kafka.common.", "Kafka clients and network"),
          Map.entry("org.apache.kafka.", "broker"),
          Map.entry("kafka.", "broker"));

  private Hotspots() {}

  /** Does the work once and tells where its time goes, the greatest part first. */
  static String of(Path scratch, Callable<?> work) throws Exception {
    Path file = Files.createTempFile(scratch, "profile", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
      recording.enable("jdk.NativeMethodSample").withPeriod(PERIOD);
      recording.start();
      work.call();
      recording.stop();
      recording.dump(file);
      return shares(file);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static String shares(Path file) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    int all = 0;
    try (RecordingFile events = new RecordingFile(file)) {
      while (events.hasMoreEvents()) {
        Optional<String> part = part(events.readEvent());
        if (part.isPresent()) {
          counts.merge(part.get(), 1, Integer::sum);
          all++;
        }
      }
    }
    int total = all;
    return total == 0
        ? "too short to tell where the time goes"
        : "time goes to "
            + counts.entrySet().stream()
                .sorted(
                    Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN)
                .map(
                    entry ->
                        String.format(
                            Locale.ROOT,
                            "%s %.0f %%",
                            entry.getKey(),
                            100.0 * entry.getValue() / total))
                .collect(Collectors.joining(", "));
  }

  /** The part of the innermost frame that belongs to one; threads that wait are in none. */
  private static Optional<String> part(RecordedEvent event) {
    if (event.getStackTrace() == null) {
      return Optional.empty();
    }
    boolean waits = false;
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      String method = frame.getMethod().getName();
      waits |=
          type.equals("sun.nio.ch.EPoll") && method.equals("wait")
              || method.equals("accept")
              || method.equals("park")
              || method.equals("waitForReferencePendingList");
      if (waits) {
        return Optional.empty();
      }
      for (Map.Entry<String, String> part : PARTS) {
        if (type.startsWith(part.getKey())) {
          return Optional.of(part.getValue());
        }
      }
    }
    return Optional.empty();
  }
}
