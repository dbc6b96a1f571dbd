package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Keeps everything of the patients it is told of; for few of them. */
final class TimelineWatcher implements Watcher {
  private final TreeMap<PatientId, Kept> patients = new TreeMap<>();

  /** What versions have in common: reports of two kinds may share an id. */
  private record Report(FactKind kind, ReportId id) {
    static Report of(Fact fact) {
      return new Report(fact.kind(), fact.header().reportId());
    }
  }

  private static final class Kept {
    private final List<KnownFact> facts = new ArrayList<>();
    private final List<KnownFact> undecided = new ArrayList<>();
    private final Map<Report, JournalPosition> versions = new HashMap<>();
    private final Side recorded = new Side();
    private final Side recomputed = new Side();
    private int partition;
  }

  private static final class Side {
    private final List<PathwayEvent> events = new ArrayList<>();
    private final List<AlertRevision> revisions = new ArrayList<>();
    private final AlertSpans spans = new AlertSpans();

    void add(JournalPosition position, Group group) {
      events.addAll(group.events());
      revisions.addAll(group.alerts());
      group.alerts().forEach(alert -> spans.add(position, alert));
    }

    Course course() {
      return new Course(events, revisions, spans.all());
    }
  }

  @Override
  public void input(JournalPosition position, JournalEntry entry, Fact fact) {
    Kept kept = kept(position, fact.header().patientId());
    kept.facts.add(known(kept, position, entry, fact));
  }

  @Override
  public void undecided(JournalPosition position, JournalEntry entry, Fact fact) {
    Kept kept = kept(position, fact.header().patientId());
    kept.undecided.add(known(kept, position, entry, fact));
  }

  private static KnownFact known(
      Kept kept, JournalPosition position, JournalEntry entry, Fact fact) {
    Optional<JournalPosition> replaces =
        entry.disposition() == JournalEntry.Disposition.DECIDED
            ? Optional.ofNullable(kept.versions.put(Report.of(fact), position))
            : Optional.empty();
    return new KnownFact(
        position,
        fact,
        PartitionReplay.receivedAt(entry).orElseThrow(),
        entry.logicalTime(),
        entry.disposition(),
        entry.flag(),
        replaces);
  }

  @Override
  public void recorded(JournalPosition position, Group group) {
    kept(position, group.patientId()).recorded.add(position, group);
  }

  @Override
  public void recomputed(JournalPosition position, Group group) {
    kept(position, group.patientId()).recomputed.add(position, group);
  }

  private Kept kept(JournalPosition position, PatientId patient) {
    Kept kept = patients.computeIfAbsent(patient, _ -> new Kept());
    kept.partition = position.partition();
    return kept;
  }

  /** What was kept, by patient. */
  List<PatientTimeline> timelines(Function<PatientId, Optional<Standing>> standings) {
    List<PatientTimeline> timelines = new ArrayList<>();
    patients.forEach(
        (patient, kept) ->
            timelines.add(
                new PatientTimeline(
                    patient,
                    kept.partition,
                    kept.facts,
                    kept.undecided,
                    kept.recorded.course(),
                    kept.recomputed.course(),
                    standings.apply(patient))));
    return timelines;
  }
}
