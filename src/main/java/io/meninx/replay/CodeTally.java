package io.meninx.replay;

import io.meninx.fact.PatientId;
import io.meninx.replay.Divergence.Subject;
import io.meninx.replay.WhatIf.AlertChange;
import io.meninx.replay.WhatIf.Change;
import io.meninx.replay.WhatIf.CodeCount;
import io.meninx.replay.WhatIf.DecisionChange;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts, by kind and code, what another guideline changes. For use by one thread. */
final class CodeTally {
  private final TreeMap<Key, Count> counts = new TreeMap<>();

  private record Key(Subject subject, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::subject).thenComparing(Key::name);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** How many there were and would have been, and how they change. */
  static final class Count {
    long before;
    long after;
    private final Map<Change, Long> changes = new EnumMap<>(Change.class);
    private final Set<PatientId> patients = new HashSet<>();

    private void add(PatientId patient, Change change) {
      changes.merge(change, 1L, Long::sum);
      patients.add(patient);
    }

    private long of(Change change) {
      return changes.getOrDefault(change, 0L);
    }
  }

  Count count(Subject subject, String name) {
    return counts.computeIfAbsent(new Key(subject, name), _ -> new Count());
  }

  void add(PatientId patient, DecisionChange change) {
    count(Subject.EVENT, change.name()).add(patient, change.change());
  }

  void add(PatientId patient, AlertChange change) {
    String name = change.code() + change.gap().map(gap -> " " + gap).orElse("");
    count(Subject.ALERT, name).add(patient, change.change());
  }

  /** Adds what another partition counted. */
  void add(CodeTally other) {
    other.counts.forEach(
        (key, counted) -> {
          Count count = counts.computeIfAbsent(key, _ -> new Count());
          count.before += counted.before;
          count.after += counted.after;
          counted.changes.forEach((change, n) -> count.changes.merge(change, n, Long::sum));
          count.patients.addAll(counted.patients);
        });
  }

  List<CodeCount> counts() {
    return counts.entrySet().stream()
        .map(
            entry -> {
              Count count = entry.getValue();
              return new CodeCount(
                  entry.getKey().subject(),
                  entry.getKey().name(),
                  count.before,
                  count.after,
                  count.of(Change.GONE),
                  count.of(Change.NEW),
                  count.of(Change.EARLIER),
                  count.of(Change.LATER),
                  count.of(Change.OTHERWISE),
                  count.patients.size());
            })
        .toList();
  }
}
