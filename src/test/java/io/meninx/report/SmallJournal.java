package io.meninx.report;

import static io.meninx.fact.Facts.at;
import static io.meninx.fact.Facts.noon;

import io.meninx.fact.Fact;
import io.meninx.fact.Facts;
import io.meninx.fact.PatientId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.TreatmentEvent;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.EntryState;
import io.meninx.guideline.Guideline;
import io.meninx.guideline.Outcome;
import io.meninx.guideline.Priority;
import io.meninx.guideline.RuleRef;
import io.meninx.guideline.ScheduleEntry;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.ResolutionReason;
import io.meninx.replay.AlertSpan;
import io.meninx.replay.AlertSpan.Step;
import io.meninx.replay.AlertText;
import io.meninx.replay.ChainReport;
import io.meninx.replay.Course;
import io.meninx.replay.DifferenceFile;
import io.meninx.replay.Divergence;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.Divergence.Subject;
import io.meninx.replay.DivergenceSink;
import io.meninx.replay.ErasedPart;
import io.meninx.replay.InputOffsets;
import io.meninx.replay.JournalPosition;
import io.meninx.replay.KnownFact;
import io.meninx.replay.PartitionResult;
import io.meninx.replay.PartitionResult.GuidelineInUse;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.RuleCount;
import io.meninx.replay.WhatIf;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.CodeCount;
import io.meninx.replay.WhatIf.DecisionChange;
import io.meninx.replay.WhatIf.PatientChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a journal so small that its report can be read as a whole, about a patient whose id,
 * and whose agent, want to be markup. Made by hand, so that it stays when the rules change.
 */
final class SmallJournal {
  static final PatientId HOSTILE = new PatientId("<img src=x onerror=\"alert('1')\">\u202E&amp;");

  private static final String HASH = "0123456789abcdef".repeat(4);

  private static final AlertText SAID =
      new AlertText("said", Optional.empty(), List.of(), false, List.of(), "");

  private SmallJournal() {}

  // The audit.

  /** Two differences, a broken chain, one entry of another version. */
  static ReplayResult diverged(ReplayOptions options) {
    return result(
        options,
        partition(
            6,
            1,
            1,
            List.of(new ChainReport.Break(7, ChainReport.Fault.LINK, "a link does not follow"))),
        List.of(new RuleCount("", 0, 1, 0, 0), new RuleCount("S3", 1, 0, 0, 1)),
        Optional.empty());
  }

  static ReplayResult identical(ReplayOptions options) {
    return result(options, partition(8, 0, 0, List.of()), List.of(), Optional.empty());
  }

  /** Of somebody who is in none of its entries, so many of which are erased. */
  static ReplayResult aboutNobody(ReplayOptions options, long erased) {
    return result(
        options,
        new PartitionResult(
            0,
            8,
            false,
            0,
            8 - erased,
            0,
            0,
            0,
            0,
            0,
            0,
            erased,
            0,
            Optional.empty(),
            new ChainReport(0, 8, HASH, List.of()),
            List.of(),
            Map.of("1.0", 8L),
            List.of(new GuidelineInUse(HASH, 0))),
        List.of(),
        options.guideline().map(other -> new WhatIf(other, List.of(), List.of())));
  }

  private static ReplayResult result(
      ReplayOptions options,
      PartitionResult partition,
      List<RuleCount> byRule,
      Optional<WhatIf> whatIf) {
    return new ReplayResult(options, List.of(partition), 0, true, byRule, whatIf);
  }

  private static PartitionResult partition(
      long identical, long diverged, long engineChanged, List<ChainReport.Break> breaks) {
    return new PartitionResult(
        0,
        8,
        true,
        1,
        identical,
        diverged,
        engineChanged,
        0,
        0,
        0,
        0,
        0,
        0,
        diverged > 0 ? Optional.of(first()) : Optional.empty(),
        new ChainReport(0, 8, HASH, breaks),
        List.of(new InputOffsets("imaging-reports", 0, 0, 1, 2, Optional.of(2L))),
        Map.of("1.0", 7L, "0.9", 1L),
        List.of(new GuidelineInUse(HASH, 0)));
  }

  private static Divergence first() {
    return new Divergence(
        new JournalPosition(0, 3),
        Optional.of(HOSTILE),
        Optional.of(noon(2)),
        Subject.ALERT,
        "NEUROAXIS_MRI_INCOMPLETE",
        List.of(
            new FieldChange("priority", Optional.of("ROUTINE"), Optional.of("URGENT")),
            new FieldChange(
                "summary",
                Optional.of("missing <b>spine</b> on day 2"),
                Optional.of("missing brain on day 2")),
            new FieldChange("dueAt", Optional.empty(), Optional.of("2025-01-09T00:00:00Z"))),
        Optional.of("S3"),
        "1.0",
        false);
  }

  /** The same as {@code diff.jsonl}. */
  static void writeDifferences(Path directory) throws IOException {
    try (DifferenceFile file = new DifferenceFile(directory)) {
      DivergenceSink sink = file.sink(0);
      sink.accept(first());
      sink.accept(
          new Divergence(
              new JournalPosition(0, 6),
              Optional.empty(),
              Optional.empty(),
              Subject.ENTRY,
              "",
              List.of(
                  new FieldChange("disposition", Optional.of("TICK"), Optional.of("DUPLICATE"))),
              Optional.empty(),
              "0.9",
              true));
      file.finish();
    }
  }

  // What if.

  static ReplayResult whatIf(ReplayOptions options, Guideline other, int patients) {
    List<PatientChange> changes =
        java.util.stream.IntStream.range(0, patients)
            .mapToObj(i -> change(i == 0 ? HOSTILE : new PatientId("p%05d".formatted(i))))
            .sorted(java.util.Comparator.comparing(PatientChange::patient))
            .toList();
    List<CodeCount> byCode =
        List.of(
            new CodeCount(
                Subject.EVENT, "RECOMMENDATION_ISSUED BIOPSY_LUNG_MASS", 0, 1, 0, 1, 0, 0, 0, 1),
            new CodeCount(Subject.ALERT, "MRI_DUE", 2, 2, 0, 0, 1, 1, 0, patients),
            new CodeCount(Subject.ALERT, "BIOPSY_NEEDED", 3, 3, 0, 0, 0, 0, 0, 0));
    return result(
        options.withGuideline(other),
        partition(7, 1, 0, List.of()),
        List.of(new RuleCount("S34", 2, 0, 1, patients)),
        Optional.of(new WhatIf(other, byCode, changes)));
  }

  private static PatientChange change(PatientId patient) {
    List<AlertSpan> before = alerts(0);
    List<AlertSpan> after = alerts(-3);
    JournalPosition position = new JournalPosition(0, 5);
    return new PatientChange(
        patient,
        0,
        at(3, "00:00"),
        List.of(
            new DecisionChange(
                Change.NEW,
                "RECOMMENDATION_ISSUED BIOPSY_LUNG_MASS",
                "S4",
                position,
                Optional.empty(),
                Optional.of(noon(3)),
                List.of(),
                List.of(),
                List.of()),
            new DecisionChange(
                Change.OTHERWISE,
                "SCHEDULE_ISSUED MRI_NEUROAXIS",
                "S34",
                position,
                Optional.of(noon(3)),
                Optional.of(noon(3)),
                List.of(
                    new ScheduleEntry(at(40, "00:00"), EntryState.PLANNED),
                    new ScheduleEntry(at(90, "00:00"), EntryState.PLANNED)),
                List.of(
                    new ScheduleEntry(at(30, "00:00"), EntryState.PLANNED),
                    new ScheduleEntry(at(90, "00:00"), EntryState.PLANNED)),
                List.of())),
        List.of(
            new AlertChange(
                Change.EARLIER,
                AlertCode.MRI_DUE,
                Optional.empty(),
                "S34",
                position,
                Priority.URGENT,
                Optional.of(before.getLast()),
                Optional.of(after.getLast()),
                List.of())));
  }

  // The patient.

  static PatientTimeline timeline(PatientId patient, boolean same) {
    Course recorded = new Course(events(), List.of(), alerts(0));
    Course recomputed = same ? recorded : new Course(events(), List.of(), alerts(-3));
    return new PatientTimeline(
        patient,
        0,
        facts(patient),
        List.of(),
        recorded,
        recomputed,
        ErasedPart.NOTHING,
        Optional.empty());
  }

  private static List<KnownFact> facts(PatientId patient) {
    String id = patient.value();
    Fact first = Facts.csf("csf").day(1).status(ResultStatus.PRELIMINARY).patient(id).build();
    Fact amended =
        Facts.csf("csf").day(1).positive().status(ResultStatus.AMENDED).patient(id).build();
    Fact old = Facts.kps("kps", 80).day(-900).patient(id).build();
    Fact treated =
        Facts.treatment("t", TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
            .agent("</title><script>alert(2)</script>")
            .day(6)
            .patient(id)
            .build();
    return List.of(
        fact(1, first, noon(1), Optional.empty()),
        fact(2, old, noon(2), Optional.empty()),
        fact(3, amended, noon(4), Optional.of(new JournalPosition(0, 1))),
        fact(4, treated, noon(6), Optional.empty()));
  }

  private static KnownFact fact(
      long sequence, Fact fact, Instant known, Optional<JournalPosition> replaces) {
    return new KnownFact(
        new JournalPosition(0, sequence),
        fact,
        known,
        Optional.of(known),
        Disposition.DECIDED,
        Optional.empty(),
        replaces,
        Optional.empty());
  }

  private static List<PathwayEvent> events() {
    return List.of(
        event(EventType.CLASSIFICATION_CHANGED, "IIB/PROBABLE", 1, List.of()),
        event(EventType.RECOMMENDATION_ISSUED, "COMPLETE_NEUROAXIS_MRI", 1, List.of()),
        event(
            EventType.SCHEDULE_ISSUED,
            "MRI_NEUROAXIS",
            1,
            List.of(new ScheduleEntry(at(8, "00:00"), EntryState.PLANNED))),
        event(EventType.CONTRAINDICATION_RAISED, "LUMBAR_PUNCTURE_LABS", 2, List.of()),
        event(EventType.CLASSIFICATION_CHANGED, "IB/CONFIRMED", 4, List.of()),
        event(EventType.RECOMMENDATION_WITHDRAWN, "COMPLETE_NEUROAXIS_MRI", 5, List.of()));
  }

  private static PathwayEvent event(
      EventType type, String code, int day, List<ScheduleEntry> entries) {
    return new PathwayEvent(
        type + "-" + day,
        type,
        code,
        noon(day),
        RuleRef.of("S3"),
        Outcome.MET,
        List.of(),
        List.of("CSF.cytology"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        entries);
  }

  private static List<AlertSpan> alerts(int shift) {
    return List.of(
        new AlertSpan(
            new JournalPosition(0, 3),
            "key-1",
            AlertCode.NEUROAXIS_MRI_INCOMPLETE,
            Optional.empty(),
            "S3",
            "Neuroaxis MRI incomplete: <i>missing</i> brain",
            List.of(
                step(noon(2), AlertState.ACTIVE, Priority.ROUTINE, true),
                step(noon(3), AlertState.ACKNOWLEDGED, Priority.ROUTINE, false),
                new Step(
                    noon(5),
                    AlertState.RETRACTED,
                    Optional.empty(),
                    Priority.ROUTINE,
                    true,
                    Optional.of(ResolutionReason.FACT_WITHDRAWN),
                    SAID,
                    5))),
        new AlertSpan(
            new JournalPosition(0, 5),
            "key-2",
            AlertCode.MRI_DUE,
            Optional.empty(),
            "S34",
            "MRI of the neuroaxis due",
            List.of(
                step(at(8 + shift, "00:00"), AlertState.ACTIVE, Priority.ROUTINE, true),
                step(at(12 + shift, "00:00"), AlertState.ESCALATED, Priority.URGENT, true))));
  }

  private static Step step(Instant at, AlertState state, Priority priority, boolean notifies) {
    return new Step(
        at, state, Optional.of(AlertStage.DUE), priority, notifies, Optional.empty(), SAID, 5);
  }
}
