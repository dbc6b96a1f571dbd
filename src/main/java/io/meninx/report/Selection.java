package io.meninx.report;

import io.meninx.fact.PatientId;
import io.meninx.guideline.Priority;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.PatientChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is listed and drawn, and in which order: what matters most comes first.
 *
 * @param changed patients for whom another guideline changes something: those with a change of an
 *     alert of high priority first, then those for whom it begins early
 * @param toDraw patients to draw, in order
 * @param differing patients for whom anything changes or differs
 */
record Selection(List<PatientChange> changed, List<PatientId> toDraw, long differing) {

  static Selection of(ReplayResult result, Differences differences, Limits limits) {
    List<PatientChange> changed =
        result.whatIf().stream()
            .flatMap(whatIf -> whatIf.patients().stream())
            .sorted(
                Comparator.comparing(Selection::weight)
                    .reversed()
                    .thenComparing(PatientChange::from)
                    .thenComparing(PatientChange::patient))
            .toList();
    Set<PatientId> draw = new LinkedHashSet<>();
    changed.stream().limit(limits.timelines()).map(PatientChange::patient).forEach(draw::add);
    draw.addAll(differences.patients());
    long differing = Math.max(changed.size(), draw.size());
    result.options().patients().stream().sorted().forEach(draw::add);
    return new Selection(
        changed,
        new ArrayList<>(draw).subList(0, Math.min(draw.size(), limits.timelines())),
        differing);
  }

  /** 0 when no alert changes, else more for a higher priority. */
  private static int weight(PatientChange change) {
    return highest(change).map(priority -> priority.ordinal() + 1).orElse(0);
  }

  /** The highest priority of the alerts that change. */
  static Optional<Priority> highest(PatientChange change) {
    return change.alerts().stream().map(AlertChange::highest).max(Comparator.naturalOrder());
  }
}
