package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.Divergence.Subject;
import io.meninx.replay.Pasts.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** Compares what was decided on a patient at an instant, decision by decision. */
final class GroupComparison {
  private final JournalPosition position;
  private final JournalEntry entry;
  private final boolean otherEngine;
  private final Pasts pasts;
  private final Consumer<Divergence> found;
  private int differences;
  private int diverged;
  private int engineChanged;
  private boolean onErased;
  private boolean onMissing;

  /**
   * Compares within one entry.
   *
   * @param otherEngine whether another version of the engine recorded it
   * @param pasts that may explain differences
   * @param found takes the differences, but for those that erased or missing entries explain
   */
  GroupComparison(
      JournalPosition position,
      JournalEntry entry,
      boolean otherEngine,
      Pasts pasts,
      Consumer<Divergence> found) {
    this.position = position;
    this.entry = entry;
    this.otherEngine = otherEngine;
    this.pasts = pasts;
    this.found = found;
  }

  /** A group that is on both sides. */
  void compare(Group recorded, Group recomputed) {
    if (recorded.equals(recomputed)) {
      pasts.agrees(recorded);
      return;
    }
    int before = differences;
    group(recorded, recomputed);
    pairs(
        recorded.events(),
        recomputed.events(),
        List.of(
            (a, b) -> a.type() == b.type() && a.code().equals(b.code()) && a.gap().equals(b.gap()),
            (a, b) -> a.type() == b.type()),
        new EventSide(recorded));
    pairs(
        recorded.alerts(),
        recomputed.alerts(),
        List.of(
            (a, b) -> a.alertKey().equals(b.alertKey()),
            (a, b) -> a.code() == b.code() && a.gap().equals(b.gap())),
        new AlertSide(recorded));
    if (differences == before) {
      boolean sameState = recorded.digest().equals(recomputed.digest());
      tell(
          recorded,
          sameState ? Subject.GROUP : Subject.STATE,
          "",
          sameState
              ? change("order", line(recorded), line(recomputed))
              : change("digest", recorded.digest().hex(), recomputed.digest().hex()),
          Optional.empty());
    }
  }

  /** A group that is in the journal and is not decided now. */
  void onlyRecorded(Group recorded) {
    tell(
        recorded,
        Subject.GROUP,
        "",
        List.of(new FieldChange("decision", Optional.of(line(recorded)), Optional.empty())),
        rule(recorded));
  }

  /** A group that is decided now and is not in the journal. */
  void onlyRecomputed(Group recomputed) {
    tell(
        recomputed,
        Subject.GROUP,
        "",
        List.of(new FieldChange("decision", Optional.empty(), Optional.of(line(recomputed)))),
        rule(recomputed));
  }

  /** A field of the entry itself, which no patient's past explains. */
  void entryField(String field, Object recorded, Object recomputed) {
    if (!recorded.equals(recomputed)) {
      tell(Past.KNOWN, PartitionReplay.patientOf(entry), field, recorded, recomputed);
    }
  }

  /** A field of the entry that says what became of an input about this patient. */
  void inputField(PatientId patient, String field, Object recorded, Object recomputed) {
    if (!recorded.equals(recomputed)) {
      tell(pasts.differs(patient, otherEngine), Optional.of(patient), field, recorded, recomputed);
    }
  }

  private void tell(
      Past past, Optional<PatientId> patient, String field, Object recorded, Object recomputed) {
    tell(
        past,
        patient,
        entry.logicalTime(),
        Subject.ENTRY,
        "",
        List.of(new FieldChange(field, shown(recorded), shown(recomputed))),
        Optional.empty());
  }

  /** Something in the entry follows from what is erased, and is taken over. */
  void restsOnErased() {
    onErased = true;
  }

  /** Something in the entry follows from what is missing before the first one. */
  void restsOnMissing() {
    onMissing = true;
  }

  /** What came of the entry. */
  Recomputation.Outcome outcome() {
    if (diverged > 0) {
      return Recomputation.Outcome.DIVERGED;
    }
    if (engineChanged > 0) {
      return Recomputation.Outcome.ENGINE_CHANGED;
    }
    if (onMissing) {
      return Recomputation.Outcome.ON_MISSING;
    }
    return onErased ? Recomputation.Outcome.ON_ERASED : Recomputation.Outcome.IDENTICAL;
  }

  private static Optional<String> shown(Object value) {
    return value instanceof Optional<?> optional
        ? optional.map(Object::toString)
        : Optional.of(value.toString());
  }

  private void group(Group recorded, Group recomputed) {
    List<FieldChange> changes = new ArrayList<>();
    if (!recorded.at().equals(recomputed.at())) {
      changes.addAll(change("at", recorded.at().toString(), recomputed.at().toString()));
    }
    if (recorded.cause() != recomputed.cause()) {
      changes.addAll(change("cause", recorded.cause().name(), recomputed.cause().name()));
    }
    if (!recorded.held().equals(recomputed.held())) {
      changes.add(new FieldChange("held", shown(recorded.held()), shown(recomputed.held())));
    }
    if (!changes.isEmpty()) {
      tell(recorded, Subject.GROUP, "", changes, rule(recorded));
    }
  }

  private static List<FieldChange> change(String field, String recorded, String recomputed) {
    return List.of(new FieldChange(field, Optional.of(recorded), Optional.of(recomputed)));
  }

  /** One kind of decision: what to say of a pair and of one that has no other side. */
  private interface Side<T> {
    void both(T recorded, T recomputed);

    void one(Optional<T> recorded, Optional<T> recomputed);
  }

  private final class EventSide implements Side<PathwayEvent> {
    private final Group group;

    EventSide(Group group) {
      this.group = group;
    }

    @Override
    public void both(PathwayEvent recorded, PathwayEvent recomputed) {
      tell(
          group,
          Subject.EVENT,
          Fields.name(recorded),
          Fields.of(recorded, recomputed),
          Optional.of(recorded.rule().id()));
    }

    @Override
    public void one(Optional<PathwayEvent> recorded, Optional<PathwayEvent> recomputed) {
      PathwayEvent event = recorded.or(() -> recomputed).orElseThrow();
      tell(
          group,
          Subject.EVENT,
          Fields.name(event),
          List.of(
              new FieldChange(
                  "decision", recorded.map(Fields::line), recomputed.map(Fields::line))),
          Optional.of(event.rule().id()));
    }
  }

  private final class AlertSide implements Side<AlertRevision> {
    private final Group group;

    AlertSide(Group group) {
      this.group = group;
    }

    @Override
    public void both(AlertRevision recorded, AlertRevision recomputed) {
      tell(
          group,
          Subject.ALERT,
          Fields.name(recorded),
          Fields.of(recorded, recomputed),
          Optional.of(recorded.rule().id()));
    }

    @Override
    public void one(Optional<AlertRevision> recorded, Optional<AlertRevision> recomputed) {
      AlertRevision alert = recorded.or(() -> recomputed).orElseThrow();
      tell(
          group,
          Subject.ALERT,
          Fields.name(alert),
          List.of(
              new FieldChange(
                  "decision", recorded.map(Fields::line), recomputed.map(Fields::line))),
          Optional.of(alert.rule().id()));
    }
  }

  /** Pairs what is equal, then what is alike by each measure, and tells the rest. */
  private static <T> void pairs(
      List<T> recorded, List<T> recomputed, List<BiPredicate<T, T>> alike, Side<T> side) {
    List<T> before = new ArrayList<>(recorded);
    List<T> after = new ArrayList<>(recomputed);
    before.removeIf(one -> after.remove(one));
    for (BiPredicate<T, T> measure : alike) {
      before.removeIf(
          one -> {
            Optional<T> other = after.stream().filter(two -> measure.test(one, two)).findFirst();
            other.ifPresent(
                two -> {
                  after.remove(two);
                  side.both(one, two);
                });
            return other.isPresent();
          });
    }
    before.forEach(one -> side.one(Optional.of(one), Optional.empty()));
    after.forEach(one -> side.one(Optional.empty(), Optional.of(one)));
  }

  private void tell(
      Group group, Subject subject, String name, List<FieldChange> changes, Optional<String> rule) {
    tell(
        pasts.differs(group.patientId(), otherEngine),
        Optional.of(group.patientId()),
        Optional.of(group.at()),
        subject,
        name,
        changes,
        rule);
  }

  private void tell(
      Past past,
      Optional<PatientId> patient,
      Optional<Instant> at,
      Subject subject,
      String name,
      List<FieldChange> changes,
      Optional<String> rule) {
    differences++;
    if (past == Past.ERASED) {
      onErased = true;
      return;
    }
    if (past == Past.MISSING) {
      onMissing = true;
      return;
    }
    boolean apart = otherEngine || past == Past.OTHER_ENGINE;
    if (apart) {
      engineChanged++;
    } else {
      diverged++;
    }
    found.accept(
        new Divergence(
            position, patient, at, subject, name, changes, rule, entry.engineVersion(), apart));
  }

  private static Optional<String> rule(Group group) {
    return group.alerts().stream()
        .map(alert -> alert.rule().id())
        .findFirst()
        .or(() -> group.events().stream().map(event -> event.rule().id()).findFirst());
  }

  private static String line(Group group) {
    List<String> decisions = new ArrayList<>();
    group.events().forEach(event -> decisions.add(Fields.line(event)));
    group.alerts().forEach(alert -> decisions.add(Fields.line(alert)));
    return group.cause()
        + " at "
        + group.at()
        + (decisions.isEmpty() ? ", nothing changed" : ": " + String.join("; ", decisions));
  }
}
