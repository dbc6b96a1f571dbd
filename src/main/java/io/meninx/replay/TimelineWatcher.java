package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Disposition;
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

  /** What was recorded in the entry that is looked at: what is erased comes before it. */
  private final List<Group> current = new ArrayList<>();

  /** Its input, which comes behind what of earlier inputs was decided in it. */
  private Optional<KnownFact> input = Optional.empty();

  private boolean inputHeld;
  private JournalPosition place = new JournalPosition(0, 0);

  /** What versions have in common: reports of two kinds may share an id. */
  private record Versions(FactKind kind, ReportId id) {
    static Versions of(Fact fact) {
      return new Versions(fact.kind(), fact.header().reportId());
    }
  }

  private static final class Kept {
    private final List<KnownFact> facts = new ArrayList<>();
    private final List<KnownFact> undecided = new ArrayList<>();

    /** The version of each report that counts. */
    private final Map<Versions, KnownFact> counting = new HashMap<>();

    /** Places of facts that are held, by the number of their entry. */
    private final Map<Long, Integer> held = new HashMap<>();

    private final Side recorded = new Side();
    private final Side recomputed = new Side();
    private int partition;

    void add(KnownFact fact, boolean isHeld) {
      if (isHeld) {
        held.put(fact.position().sequence(), facts.size());
        facts.add(fact);
      } else {
        facts.add(amongVersions(fact));
      }
    }

    /** What became of an input that was held. */
    void decided(JournalEntry.Held input) {
      Integer place = held.remove(input.sequence());
      if (place != null) {
        facts.set(place, amongVersions(facts.get(place).became(input.disposition(), input.flag())));
      }
    }

    private KnownFact amongVersions(KnownFact fact) {
      if (fact.disposition() != Disposition.DECIDED) {
        return fact;
      }
      Versions versions = Versions.of(fact.fact());
      KnownFact before = counting.get(versions);
      KnownFact placed = before == null ? fact : fact.after(before);
      if (placed.counts().isEmpty()) {
        counting.put(versions, placed);
      }
      return placed;
    }
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
    goTo(position);
    input = Optional.of(known(position, entry, fact));
    inputHeld = entry.holds();
  }

  @Override
  public void undecided(JournalPosition position, JournalEntry entry, Fact fact) {
    kept(position, fact.header().patientId()).undecided.add(known(position, entry, fact));
  }

  private static KnownFact known(JournalPosition position, JournalEntry entry, Fact fact) {
    return new KnownFact(
        position,
        fact,
        PartitionReplay.receivedAt(entry).orElseThrow(),
        entry.logicalTime(),
        entry.disposition(),
        entry.flag(),
        Optional.empty(),
        Optional.empty());
  }

  @Override
  public void recorded(JournalPosition position, Group group) {
    goTo(position);
    current.add(group);
  }

  @Override
  public void erased(JournalPosition position, Group group) {
    goTo(position);
    keep(group);
  }

  private void goTo(JournalPosition position) {
    if (!position.equals(place)) {
      leave();
      place = position;
    }
  }

  private void leave() {
    current.forEach(this::keep);
    current.clear();
    input.ifPresent(fact -> kept(place, fact.fact().header().patientId()).add(fact, inputHeld));
    input = Optional.empty();
  }

  private void keep(Group group) {
    Kept kept = kept(place, group.patientId());
    kept.recorded.add(place, group);
    group.held().ifPresent(kept::decided);
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
  List<PatientTimeline> timelines(
      Function<PatientId, Optional<Standing>> standings, Function<PatientId, ErasedPart> erased) {
    leave();
    List<PatientTimeline> timelines = new ArrayList<>();
    patients.forEach(
        (patient, kept) -> {
          ErasedPart missing = erased.apply(patient);
          Course recorded = kept.recorded.course();
          timelines.add(
              new PatientTimeline(
                  patient,
                  kept.partition,
                  kept.facts,
                  kept.undecided,
                  recorded,
                  missing.isPast() ? recorded : kept.recomputed.course(),
                  missing,
                  standings.apply(patient)));
        });
    return timelines;
  }
}
