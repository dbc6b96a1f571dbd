package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.archive.Export;
import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.replay.JournalReader;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.JournalSource;
import io.meninx.replay.JournalUnreadableException;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code replay} and {@code export --erase} on files, as a user calls them. */
class ReplayCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anArchiveIsAuditedAndTwiceGivesTheSameFiles() throws Exception {
    archive(Recording.simulated(3, Duration.ofDays(4)));

    assertThat(replay("one")).isZero();
    assertThat(replay("two", "--threads", "1")).isZero();

    assertThat(contents("one")).isEqualTo(contents("two"));
    assertThat(contents("one")).containsOnlyKeys("report.html", "report.json", "diff.jsonl");
    assertThat(content("one", "report.json"))
        .startsWith("{\n  \"entries\" : ")
        .contains("\"diverged\" : 0,", "\"firstDivergence\" : null,", "\"byRule\" : [ ]");
    assertThat(out.toString()).contains("the chain is whole");
    assertThat(err.toString()).contains("entries replayed");
  }

  @Test
  void aDecisionThatWasRewrittenEndsWithOneAndALine() throws Exception {
    List<JournalRecord> records = Recording.simulated(3, Duration.ofDays(4));
    int index = records.size() / 2;
    while (Recording.entry(records.get(index)).groups().stream()
        .allMatch(group -> group.alerts().isEmpty() && group.events().isEmpty())) {
      index++;
    }
    archive(
        Recording.forged(
            records, index, entry -> Recording.withGroups(entry, List.of(), entry.coordinates())));

    assertThat(replay("report")).isEqualTo(1);

    assertThat(content("report", "diff.jsonl").lines().findFirst().orElseThrow())
        .startsWith("{\"patient\":\"sim-00000")
        .contains("\"partition\":0,\"sequence\":" + index + ",\"field\":\"")
        .contains("\"recorded\":null,\"recomputed\":\"");
    assertThat(out.toString()).contains("first difference: partition 0, entry " + index);
  }

  /** For Prometheus: the same numbers as in the report. */
  @Test
  void whatCameOfItIsAlsoWrittenForPrometheus() throws Exception {
    List<JournalRecord> records = Recording.simulated(3, Duration.ofDays(4));
    archive(records);
    Path file = directory.resolve("meninx.prom");

    assertThat(replay("report", "--metrics", file.toString())).isZero();

    assertThat(Files.readString(file).lines())
        .contains(
            "meninx_replay_reproduced 1.0",
            "meninx_replay_divergences 0.0",
            "meninx_replay_chain_breaks 0.0",
            "meninx_replay_entries{verdict=\"IDENTICAL\"} " + records.size() + ".0",
            "meninx_replay_entries{verdict=\"DIVERGED\"} 0.0")
        .anyMatch(line -> line.matches("meninx_replay_finished_timestamp_seconds [0-9.]+E9"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
    assertThat(replay("other", "--metrics", file.toString(), "--guideline", "lm-nsclc-strict"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--metrics tells of an audit of the whole journal");
  }

  @Test
  void aDamagedFileIsNamedAndEndsWithOne() throws Exception {
    archive(Recording.simulated(2, Duration.ofDays(4)));
    Path file = directory.resolve("archive/journal-0000-000000000000.avro");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(replay("report")).isEqualTo(1);

    assertThat(err.toString()).contains("journal-0000-000000000000.avro: damaged");
  }

  /** Its report would say that everything is identical. */
  @Test
  void aFailedReplayLeavesNoReportOfAnEarlierOne() throws Exception {
    archive(Recording.simulated(2, Duration.ofDays(4)));
    Path others = directory.resolve("report/notes.txt");
    assertThat(replay("report", "--guideline", "lm-nsclc-strict")).isZero();
    Files.writeString(others, "mine");
    assertThat(contents("report")).hasSize(5);
    Path file = directory.resolve("archive/journal-0000-000000000000.avro");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThat(replay("report")).isEqualTo(1);

    assertThat(contents("report")).containsOnlyKeys("notes.txt");
  }

  /** What is there is whole; that more was there to be written is said. */
  @Test
  void anArchiveThatIsNotFinishedIsAuditedAndSaidToBe() throws Exception {
    List<JournalRecord> records = Recording.simulated(2, Duration.ofDays(4));
    JournalSource failing =
        new JournalSource() {
          @Override
          public List<Integer> partitions() {
            return List.of(0, 1);
          }

          @Override
          public long atMost(int partition) {
            return records.size();
          }

          @Override
          public long end(int partition) {
            return records.size();
          }

          @Override
          public JournalReader open(int partition, long fromOffset) {
            if (partition > 0) {
              throw new JournalUnreadableException("away");
            }
            return Recording.journal(records).open(0, fromOffset);
          }
        };
    assertThatThrownBy(
            () ->
                new Export(directory.resolve("archive"), "pathway-journal", 1 << 20, Progress.NONE)
                    .run(failing))
        .isInstanceOf(JournalUnreadableException.class);

    assertThat(replay("report")).isZero();

    assertThat(out.toString()).contains("the chain is whole", "the archive is not finished");
  }

  @Test
  void anotherGuidelineEndsWithZeroAndListsPatients() throws Exception {
    archive(Recording.simulated(4, Duration.ofDays(2)));

    assertThat(replay("report", "--guideline", "lm-nsclc-strict")).isZero();

    assertThat(contents("report"))
        .containsKeys("report.html", "report.json", "diff.jsonl", "whatif.jsonl");
    assertThat(content("report", "whatif.jsonl").lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("{\"patient\":\"sim-") && line.endsWith("}"));
    assertThat(content("report", "report.json"))
        .contains("\"whatIf\" : {", "\"id\" : \"lm-nsclc-strict\"");
  }

  /** Three times, never mixed; and nothing that came later. */
  @Test
  void asOfAMomentOnlyWhatWasKnownThenIsSaid() {
    try (Recording recording = new Recording()) {
      recording.tick(Facts.at(0, "12:00"));
      recording.fact(
          Facts.fullMri("m").pattern(ImagingReport.Pattern.LINEAR).day(0).patient("p").build(),
          Facts.at(0, "12:30"));
      recording.tick(Facts.at(4, "12:00"));
      recording.fact(
          Facts.kps("k", 80).observedDay(1).reportedDay(2).patient("p").build(),
          Facts.at(4, "12:10"));
      recording.tick(Facts.at(5, "12:00"));
      recording.fact(Facts.kps("late", 40).day(5).patient("p").build(), Facts.at(5, "12:30"));
      recording.tick(Facts.at(9, "12:00"));
      archive(recording.records());
    }

    int code =
        meninx(
            "replay",
            "--from",
            directory.resolve("archive").toString(),
            "--patient",
            "p",
            "--until",
            Facts.at(5, "12:00").toString());

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("As of 2025-01-06T12:00:00Z")
        .contains("happened 2025-01-02, reported 2025-01-03T")
        .contains("known 2025-01-05T12:10:00Z")
        .contains("KPS 80")
        .doesNotContain("KPS 40")
        .contains("Decided by then:")
        .doesNotContain("This is not what was recorded");
  }

  @Test
  void explainSaysWhyOnAJournalToo() throws Exception {
    List<JournalRecord> records = Recording.simulated(2, Duration.ofDays(4));
    archive(records);
    String archive = directory.resolve("archive").toString();
    String key =
        records.stream()
            .flatMap(record -> Recording.entry(record).groups().stream())
            .flatMap(group -> group.alerts().stream())
            .findFirst()
            .orElseThrow()
            .alertKey();

    assertThat(meninx("explain", "sim-000001", "--from", archive)).isZero();
    assertThat(out.toString()).contains("Type ").contains("Status group ");
    assertThat(meninx("explain", key, "--from", archive)).isZero();
    assertThat(out.toString()).contains("How it went:");
    assertThat(
            meninx("explain", "sim-000001", "--from", archive, "--until", "2024-01-01T00:00:00Z"))
        .isEqualTo(2);
  }

  @Test
  void anErasedPatientIsGoneFromTheArchive() {
    archive(Recording.simulated(3, Duration.ofDays(4)));
    String archive = directory.resolve("archive").toString();

    assertThat(meninx("export", "--to", archive, "--erase", "sim-000002")).isZero();
    assertThat(replay("report")).isZero();

    assertThat(out.toString()).contains("lost their body", "entries are erased");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(meninx("replay", "--from", "nowhere", "--report", "r")).isEqualTo(2);
    assertThat(meninx("replay", "--from", "kafka", "--report", "r")).isEqualTo(2);
    assertThat(meninx("replay", "--from", directory.toString())).isEqualTo(2);
    assertThat(meninx("export", "--to", directory.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("nowhere is no directory")
        .contains("--from kafka needs --config")
        .contains("--report DIR is missing")
        .contains("--config FILE is missing");
  }

  /** As 'dlq --since' says it. */
  @Test
  void aTimeThatIsNoneIsToldInWords() {
    archive(Recording.simulated(1, Duration.ofDays(4)));
    String archive = directory.resolve("archive").toString();

    assertThat(replay("r", "--until", "yesterday")).isEqualTo(2);
    assertThat(meninx("explain", "p", "--from", archive, "--until", "2025-02-30")).isEqualTo(2);
    assertThat(replay("r", "--until", "2030-01-31")).isZero();

    assertThat(err.toString())
        .contains("--until must be an instant such as 2026-01-31T08:00:00Z, or a date.")
        .doesNotContain("java.");
  }

  @Test
  void whatIsNoArchiveOrNoGuidelineIsWrongUseAndWritesNothing() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path broken = Files.writeString(directory.resolve("broken.yaml"), "id: x");
    archive(Recording.simulated(1, Duration.ofDays(4)));
    String report = directory.resolve("r").toString();

    assertThat(meninx("replay", "--from", empty.toString(), "--report", report)).isEqualTo(2);
    assertThat(meninx("export", "--to", empty.toString(), "--erase", "p")).isEqualTo(2);
    assertThat(replay("r", "--guideline", broken.toString())).isEqualTo(2);
    assertThat(replay("r", "--guideline", "no-such-guideline")).isEqualTo(2);

    assertThat(err.toString())
        .contains("empty is no archive: there is no manifest.json in it")
        .contains("broken.yaml");
    assertThat(directory.resolve("r")).doesNotExist();
  }

  @Test
  void theDirectoryOfASimulationIsNotCalledADamagedArchive() {
    String simulated = directory.resolve("simulated").toString();
    assertThat(meninx("simulate", "--patients", "1", "--to", simulated)).isZero();

    assertThat(meninx("replay", "--from", simulated, "--report", "r")).isEqualTo(2);
    assertThat(meninx("explain", "p", "--from", simulated)).isEqualTo(2);
    assertThat(meninx("export", "--to", simulated, "--erase", "p")).isEqualTo(2);
    assertThat(meninx("export", "--to", simulated, "--config", "none.yaml")).isEqualTo(2);

    assertThat(err.toString().lines())
        .hasSize(4)
        .allMatch(
            line -> line.contains("simulated is no archive: its manifest.json is of another"));
  }

  @Test
  void aPatientWhoIsNotInTheJournalIsNotCalledReproduced() {
    archive(Recording.simulated(1, Duration.ofDays(4)));

    assertThat(replay("nobody", "--patient", "somebody")).isEqualTo(1);
    assertThat(replay("none", "--patient", "")).isEqualTo(2);
    assertThat(replay("one", "--patient", "sim-000001")).isZero();

    assertThat(out.toString()).contains("nothing in the journal is about this patient");
  }

  @Test
  void anEmptyJournalIsNotCalledWhole() throws Exception {
    archive(List.of());

    assertThat(replay("report")).isZero();

    assertThat(out.toString())
        .contains("the journal is empty: there was nothing to verify")
        .doesNotContain("the chain is whole");
    assertThat(content("report", "report.html")).contains("The journal is empty");
  }

  @Test
  void aFileThatWasCutShortAndAManifestThatWasEditedAreNamed() throws Exception {
    archive(Recording.simulated(2, Duration.ofDays(4)));
    Path file = directory.resolve("archive/journal-0000-000000000000.avro");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 100));

    assertThat(replay("report")).isEqualTo(1);
    assertThat(err.toString()).contains("journal-0000-000000000000.avro: damaged, it has ");

    Files.write(file, bytes);
    Path manifest = directory.resolve("archive/manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replaceFirst("kpsValidDays: 14", "kpsValidDays: 15"));

    assertThat(replay("report")).isEqualTo(1);
    assertThat(err.toString()).contains("manifest.json: damaged, its SHA-256 is another");
  }

  private void archive(List<JournalRecord> records) {
    new Export(directory.resolve("archive"), "pathway-journal", 1 << 20, Progress.NONE)
        .run(Recording.journal(records));
  }

  private int replay(String name, String... more) {
    return meninx(
        Stream.concat(
                Stream.of(
                    "replay",
                    "--from",
                    directory.resolve("archive").toString(),
                    "--report",
                    directory.resolve(name).toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private int meninx(String... command) {
    return Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), command);
  }

  private String content(String name, String file) throws IOException {
    return Files.readString(directory.resolve(name).resolve(file));
  }

  private Map<String, String> contents(String name) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve(name))) {
      for (Path file : files.toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
