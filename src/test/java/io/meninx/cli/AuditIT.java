package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.replay.LiveJournal;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.topology.StreamsRuntime;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history decided live through a real broker, with restarts and a switch of the guideline in
 * between, audited by the commands: from Kafka, from files, and from both as one.
 *
 * <p>The long form: {@code -Dmeninx.audit.patients=20000 -Dmeninx.audit.inputs=1000000}, with
 * {@code -Dmeninx.audit.hours=24} between ticks.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(7200)
class AuditIT {
  private static final long PATIENTS = Long.getLong("meninx.audit.patients", 20);
  private static final long INPUTS = Long.getLong("meninx.audit.inputs", 1_200);
  private static final Duration INTERVAL = Duration.ofHours(Long.getLong("meninx.audit.hours", 48));
  private static final int PARTITIONS = 3;
  private static final int RESTARTS = 3;

  private Path directory;
  private LiveJournal live;
  private Path config;

  @BeforeAll
  void decideLive(@TempDir Path temporary) throws Exception {
    directory = temporary;
    live = new LiveJournal(PARTITIONS, Meninx.version());
    config =
        Files.writeString(
            directory.resolve("meninx.yaml"),
            """
            kafka:
              bootstrapServers: %s
            schemaRegistry:
              url: %s
            instance: audit
            topics:
              partitions: %d
            """
                .formatted(live.bootstrapServers(), live.registryUrl(), PARTITIONS));
    double extra = Math.max(0, 1.15 * INPUTS / PATIENTS - 60);
    Population.Arrivals arrivals = new Population(3, extra).arrivals(PATIENTS);
    Instant tick = Population.FIRST;
    for (int part = 1; part <= RESTARTS; part++) {
      long until = INPUTS * part / RESTARTS;
      for (long i = INPUTS * (part - 1) / RESTARTS; i < until && arrivals.hasNext(); i++) {
        Arrival arrival = arrivals.next();
        for (; !tick.isAfter(arrival.at()); tick = tick.plus(INTERVAL)) {
          live.tick(tick);
        }
        live.fact(arrival);
      }
      live.commit();
      // Stopped in the middle the first time; all is done the last time.
      try (StreamsRuntime stream =
          live.started(
              part == 2
                  ? GuidelineEditions.load("lm-nsclc-strict")
                  : GuidelineEditions.standard())) {
        live.await(stream, part == RESTARTS ? 1 : 0.9, Duration.ofHours(1));
      }
    }
  }

  @AfterAll
  void close() {
    live.close();
  }

  @Test
  @Order(1)
  void everyDecisionIsMadeTheSameAgainFromKafkaAndFromFilesAndTwice() throws Exception {
    String archive = directory.resolve("archive").toString();
    assertThat(meninx("export", "--config", config.toString(), "--to", archive)).isZero();

    assertThat(replay("kafka", "k1")).isZero();
    assertThat(replay("kafka", "k2")).isZero();
    assertThat(replay(archive, "a1", "--threads", "1")).isZero();
    assertThat(replay(archive, "a2")).isZero();
    assertThat(replay(archive + ",kafka", "both", "--no-inputs")).isZero();

    assertThat(contents("k1")).isEqualTo(contents("k2"));
    assertThat(contents("a1")).isEqualTo(contents("a2")).isEqualTo(contents("both"));
    Path report = directory.resolve("k1").resolve("report.json");
    assertThat(Files.readString(report))
        .contains("\"diverged\" : 0,", "\"engineChanged\" : 0,", "\"whole\" : true", "\"inTopic\"");
    assertThat(directory.resolve("k1").resolve("diff.jsonl")).isEmptyFile();
  }

  @Test
  @Order(1)
  void anotherGuidelineTwiceSaysTheSame() throws Exception {
    assertThat(replay("kafka", "w1", "--no-inputs", "--guideline", "lm-nsclc-strict")).isZero();
    assertThat(
            replay(
                "kafka", "w2", "--no-inputs", "--guideline", "lm-nsclc-strict", "--threads", "1"))
        .isZero();

    assertThat(contents("w1")).isEqualTo(contents("w2"));
    assertThat(says("w1", "whatif.jsonl", "\"change\":\"EARLIER\"")).isTrue();
  }

  /** Deletes what the others read, so it comes last. */
  @Test
  @Order(2)
  void whatRetentionHasDeletedAccusesNobodyAndIsAuditedWithTheArchive() throws Exception {
    String archive = directory.resolve("before").toString();
    assertThat(meninx("export", "--config", config.toString(), "--to", archive)).isZero();
    live.forgetHalf();
    String late = directory.resolve("late").toString();

    assertThat(replay("kafka", "half")).as("not whole").isEqualTo(1);
    assertThat(meninx("export", "--config", config.toString(), "--to", late)).isZero();
    assertThat(replay(late, "late-report")).as("not whole either").isEqualTo(1);
    assertThat(meninx("export", "--config", config.toString(), "--to", archive)).isZero();
    assertThat(replay(archive + ",kafka", "whole")).isZero();

    assertThat(Files.readString(directory.resolve("half").resolve("report.json")))
        .contains("\"diverged\" : 0,", "\"reproduced\" : false", "\"beginsLate\" : true")
        .doesNotContain("\"onMissing\" : 0,\n  \"missingPatients\"");
    assertThat(Files.readString(directory.resolve("whole").resolve("report.json")))
        .contains("\"beginsLate\" : false", "\"onMissing\" : 0,", "\"whole\" : true");
  }

  private int replay(String from, String name, String... more) {
    String[] command =
        Stream.concat(
                Stream.of(
                    "replay",
                    "--from",
                    from,
                    "--config",
                    config.toString(),
                    "--report",
                    directory.resolve(name).toString()),
                Stream.of(more))
            .toArray(String[]::new);
    return meninx(command);
  }

  private static int meninx(String... command) {
    StringWriter screen = new StringWriter();
    PrintWriter out = new PrintWriter(screen);
    int code = Meninx.run(Meninx.COMMANDS, out, out, command);
    System.out.println(screen);
    return code;
  }

  private boolean says(String name, String file, String text) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(name).resolve(file))) {
      return lines.anyMatch(line -> line.contains(text));
    }
  }

  /** Hashes of the files of a report, which may be hundreds of megabytes in the long form. */
  private Map<String, String> contents(String name) throws Exception {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      for (Path file : files.toList()) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in =
            new DigestInputStream(new BufferedInputStream(Files.newInputStream(file)), digest)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
        contents.put(file.getFileName().toString(), HexFormat.of().formatHex(digest.digest()));
      }
    }
    return contents;
  }
}
