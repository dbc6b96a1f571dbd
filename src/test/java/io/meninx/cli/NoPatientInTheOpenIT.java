package io.meninx.cli;

import static io.meninx.fact.Facts.kps;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.deadletter.LiveStream;
import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.TreatmentEvent;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientView;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.DelegatingEngine;
import io.meninx.topology.StreamsRuntime;
import io.meninx.wire.Frames;
import io.meninx.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 9: marked identifiers and clinical texts go through every path, failures included, and
 * are looked for in everything that is open: logs at the finest level, what commands print, headers
 * of outputs, metrics, names of threads, texts of exceptions.
 */
@Timeout(240)
class NoPatientInTheOpenIT {
  /** Is part of every marked text, and of nothing else. */
  private static final String MARK = "zqx";

  private static final DecisionEngine ENGINE =
      DecisionEngine.of(new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD));

  @TempDir private Path directory;

  private final StringBuilder open = new StringBuilder();
  private final LogOfTest log = new LogOfTest();

  /** Takes down every line, with the text of what was thrown. */
  private static final class LogOfTest extends AbstractAppender {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    LogOfTest() {
      super("of-test", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(
          event.getLoggerName()
              + " "
              + event.getThreadName()
              + " "
              + event.getMessage().getFormattedMessage());
      if (event.getThrown() != null) {
        lines.add(trace(event.getThrown()));
      }
    }
  }

  @Test
  void nothingThatIsMarkedIsAnywhereInTheOpen() throws Exception {
    Logger root = (Logger) LogManager.getRootLogger();
    Level before = root.getLevel();
    log.start();
    root.addAppender(log);
    Configurator.setLevel("io.meninx", Level.TRACE);
    Configurator.setLevel("org.apache.kafka.streams", Level.INFO);
    try (LiveStream live = new LiveStream(1)) {
      everyPath(live);
    } finally {
      root.removeAppender(log);
      Configurator.setLevel("io.meninx", before);
      Configurator.setLevel("org.apache.kafka.streams", Level.ERROR);
    }
    log.lines.forEach(line -> open.append(line).append('\n'));

    // Proof that it was looked at what was meant.
    assertThat(open).contains("FRAME_MAGIC", "KEY_MISMATCH", "IllegalStateException", "registry");
    assertThat(Arrays.stream(open.toString().split("\n", -1)))
        .filteredOn(line -> line.toLowerCase(java.util.Locale.ROOT).contains(MARK))
        .isEmpty();
  }

  private void everyPath(LiveStream live) throws Exception {
    Path config = Files.writeString(directory.resolve("meninx.yaml"), live.yaml());
    try (StreamsRuntime runtime = live.start(new FailingOn(marked("fatal")))) {
      live.tick(Instant.now().minus(Duration.ofMinutes(3)));
      goodFacts().forEach(live::fact);
      badRecords(live);
      live.tick(Instant.now());
      live.tick(Instant.now().plus(Duration.ofHours(2)));
      live.awaitJournal(runtime);
      outputs(live);
      metricsAndThreads(runtime);
      commands(config.toString());
      live.fact(kps(marked("fatal"), 80).patient(marked("patient")).day(2).build());
      live.flush();
      runtime.awaitEnd(LiveStream.PATIENCE);
      open.append(trace(runtime.failure().orElseThrow()));
    }
    try (StreamsRuntime runtime = live.start(ENGINE)) {
      live.stopRegistry();
      byte[] unknown =
          live.bytes(kps(marked("late"), 80).patient(marked("patient")).day(2).build());
      unknown[3] = 77; // An id nobody asked for yet.
      live.send(
          Topic.KPS_UPDATES,
          marked("patient").getBytes(StandardCharsets.UTF_8),
          unknown,
          List.of());
      live.flush();
      runtime.awaitEnd(LiveStream.PATIENCE);
      open.append(trace(runtime.failure().orElseThrow()));
    }
  }

  private static String marked(String text) {
    return MARK + "-" + text;
  }

  private static List<Fact> goodFacts() {
    String patient = marked("patient");
    return List.of(
        Facts.fullMri(marked("mri"))
            .patient(patient)
            .source(marked("system"), marked("message"))
            .day(0)
            .build(),
        Facts.csf(marked("csf"))
            .event(marked("event"))
            .positive()
            .volumeMl(3)
            .mutation(marked("mutation"))
            .patient(patient)
            .day(1)
            .build(),
        Facts.biopsy(marked("biopsy"))
            .site(marked("site"))
            .marker(marked("gene"), marked("finding"))
            .patient(patient)
            .day(1)
            .build(),
        Facts.assessment(marked("assessment"))
            .signs(marked("sign"), "HEADACHE")
            .patient(patient)
            .day(1)
            .build(),
        Facts.methotrexate(marked("dose"), TreatmentEvent.Action.ADMINISTERED)
            .agent(marked("agent"))
            .dose(marked("text"))
            .order(marked("order"))
            .patient(patient)
            .day(2)
            .build(),
        Facts.response(marked("answer"), AlertResponse.Action.ACKNOWLEDGED)
            .code("MRI_DUE")
            .reason(marked("reason"))
            .mdtId(marked("mdt"))
            .patient(patient)
            .day(2)
            .build(),
        kps(marked("future"), 80)
            .patient(patient)
            .observedAt(Instant.parse("2099-01-01T00:00:00Z"))
            .reportedDay(2)
            .build(),
        kps(marked("again"), 70).event(marked("event")).patient(patient).day(2).build());
  }

  private static void badRecords(LiveStream live) {
    byte[] key = marked("patient").getBytes(StandardCharsets.UTF_8);
    byte[] good =
        live.bytes(
            Facts.biopsy(marked("cut"))
                .site(marked("site"))
                .marker(marked("gene"), marked("finding"))
                .patient(marked("patient"))
                .day(1)
                .build());
    for (int length = 0; length < good.length; length += 5) {
      live.send(Topic.BIOPSY_MOLECULAR_RESULTS, key, Arrays.copyOf(good, length), List.of());
    }
    live.send(
        Topic.BIOPSY_MOLECULAR_RESULTS,
        key,
        Arrays.copyOf(good, good.length + 9),
        List.of(marked("header")));
    live.send(
        Topic.BIOPSY_MOLECULAR_RESULTS,
        marked("other").getBytes(StandardCharsets.UTF_8),
        good,
        List.of());
    live.send(Topic.KPS_UPDATES, key, good, List.of());
    byte[] text = ("{\"patient\": \"" + marked("json") + "\"}").getBytes(StandardCharsets.UTF_8);
    live.send(Topic.KPS_UPDATES, key, text, List.of(marked("header")));
    live.send(Topic.KPS_UPDATES, key, Frames.frame(4711, text), List.of());
    live.send(Topic.KPS_UPDATES, key, null, List.of(marked("header")));
    live.send(Topic.CLOCK_TICKS, 0, null, text, List.of());
  }

  /** Headers of what the stream wrote; keys and values of topics may of course name the patient. */
  private void outputs(LiveStream live) {
    for (Topic topic : Topic.outputs()) {
      for (ConsumerRecord<byte[], byte[]> row : live.read(topic)) {
        row.headers()
            .forEach(
                header ->
                    open.append(header.key())
                        .append('=')
                        .append(new String(header.value(), StandardCharsets.UTF_8))
                        .append('\n'));
      }
    }
  }

  private void metricsAndThreads(StreamsRuntime runtime) {
    runtime
        .streams()
        .metrics()
        .forEach((name, metric) -> open.append(name).append(metric.metricValue()).append('\n'));
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> open.append(thread.getName()).append('\n'));
  }

  private void commands(String config) {
    open.append(run("dlq", "list", "--config", config));
    open.append(run("dlq", "list", "--config", config, "--json"));
    for (String id : ids(config)) {
      open.append(run("dlq", "show", "--config", config, id));
    }
    String first = ids(config).getFirst();
    open.append(run("dlq", "discard", "--config", config, first, "--because", "test"));
    open.append(run("dlq", "replay", "--config", config, "--class", "OPERATOR"));
    open.append(run("dlq", "show", "--config", config, marked("patient")));
    open.append(run("dlq", "list", "--config", config, "--topic", marked("topic")));
    String revealed =
        run("dlq", "show", "--config", config, "--reveal", "biopsy-molecular-results:0:3");
    assertThat(revealed).contains("REVEALED", MARK);
  }

  private static List<String> ids(String config) {
    List<String> ids = new ArrayList<>();
    for (String line : run("dlq", "list", "--config", config).split("\n", -1)) {
      if (line.contains(":0:")) {
        ids.add(line.split(" ", 2)[0]);
      }
    }
    return ids;
  }

  private static String run(String... args) {
    StringWriter printed = new StringWriter();
    PrintWriter to = new PrintWriter(printed, true);
    Meninx.run(Meninx.COMMANDS, to, to, args);
    return printed.toString();
  }

  private static String trace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** Has a bug that quotes what it works on, as exceptions do. */
  private record FailingOn(String reportId) implements DelegatingEngine {
    @Override
    public DecisionEngine engine() {
      return ENGINE;
    }

    @Override
    public Decision decide(PatientView view, Fact fact, Instant receivedAt, Instant now) {
      if (fact.header().reportId().value().equals(reportId)) {
        throw new IllegalStateException(
            fact.header().patientId().value(), new NumberFormatException(marked("cause")));
      }
      return ENGINE.decide(view, fact, receivedAt, now);
    }
  }
}
