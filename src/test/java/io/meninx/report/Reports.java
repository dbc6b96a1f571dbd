package io.meninx.report;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.PatientId;
import io.meninx.replay.DifferenceFile;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.MemoryJournal;
import io.meninx.replay.PartitionResult;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.ReportWriter.Timelines;
import io.meninx.replay.WhatIf;
import io.meninx.replay.WhatIf.PatientChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reports of recorded journals, and of more patients than anybody would record for a test. */
final class Reports {
  static final ReplayOptions AUDIT = ReplayOptions.all(Recording.ENGINE);
  static final ReplayOptions WHAT_IF =
      AUDIT.withGuideline(GuidelineEditions.load("lm-nsclc-strict"));

  private Reports() {}

  /** Replays the journal and writes the report into the directory, as the command does. */
  static String write(
      List<JournalRecord> records, ReplayOptions options, Limits limits, Path directory) {
    try {
      Files.createDirectories(directory);
      MemoryJournal journal = Recording.journal(records);
      ReplayResult result;
      try (DifferenceFile differences = new DifferenceFile(directory)) {
        result = new Replay(journal, options, Progress.NONE).run(differences::sink);
        differences.finish();
      }
      return write(result, timelines(journal, options), limits, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String write(ReplayResult result, Timelines timelines, Limits limits, Path directory) {
    try {
      Files.createDirectories(directory);
      new HtmlReport(limits).write(directory, result, timelines);
      return Files.readString(directory.resolve(HtmlReport.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Timelines timelines(MemoryJournal journal, ReplayOptions options) {
    return patients ->
        new Replay(journal, options.withPatients(patients), Progress.NONE).timelines();
  }

  /** The comparison of a few patients, made one of many by giving them other names. */
  static Many many(List<JournalRecord> records, int patients) {
    MemoryJournal journal = Recording.journal(records);
    ReplayResult few = new Replay(journal, WHAT_IF, Progress.NONE).run(_ -> _ -> {});
    List<PatientChange> changes = few.whatIf().orElseThrow().patients();
    Set<PatientId> ids = Set.copyOf(changes.stream().map(PatientChange::patient).toList());
    Map<PatientId, PatientTimeline> drawn = new HashMap<>();
    timelines(journal, WHAT_IF).of(ids).forEach(one -> drawn.put(one.patient(), one));
    List<PatientChange> all = new ArrayList<>();
    Map<PatientId, PatientTimeline> origins = new HashMap<>();
    for (int i = 0; i < patients; i++) {
      PatientChange origin = changes.get(i % changes.size());
      PatientId id = new PatientId("copy-%06d".formatted(i));
      origins.put(id, drawn.get(origin.patient()));
      all.add(
          new PatientChange(
              id, origin.partition(), origin.from(), origin.decisions(), origin.alerts()));
    }
    WhatIf whatIf =
        new WhatIf(
            few.whatIf().orElseThrow().guideline(), few.whatIf().orElseThrow().byCode(), all);
    List<PartitionResult> partitions = List.of(grown(few.partitions().getFirst(), patients));
    return new Many(
        new ReplayResult(WHAT_IF, partitions, 0, true, few.byRule(), Optional.of(whatIf)),
        wanted ->
            wanted.stream()
                .sorted()
                .map(id -> renamed(Objects.requireNonNull(origins.get(id)), id))
                .toList());
  }

  /**
   * A result and the timelines to it.
   *
   * @param result of the comparison
   * @param timelines of anybody in it
   */
  record Many(ReplayResult result, Timelines timelines) {}

  static PatientTimeline renamed(PatientTimeline timeline, PatientId id) {
    return new PatientTimeline(
        id,
        timeline.partition(),
        timeline.facts(),
        timeline.undecided(),
        timeline.recorded(),
        timeline.recomputed(),
        timeline.erased(),
        timeline.standing());
  }

  private static PartitionResult grown(PartitionResult one, int patients) {
    return new PartitionResult(
        one.partition(),
        one.entries(),
        one.named(),
        patients,
        one.identical(),
        one.diverged(),
        one.engineChanged(),
        one.onErased(),
        one.erasedPatients(),
        one.onMissing(),
        one.missingPatients(),
        one.erased(),
        one.unreadable(),
        one.firstDivergence(),
        one.chain(),
        one.inputs(),
        one.engineVersions(),
        one.guidelines());
  }
}
