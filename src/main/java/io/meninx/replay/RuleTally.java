package io.meninx.replay;

import io.meninx.fact.PatientId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Counts differences by rule. For use by one thread; tallies of partitions are added up. */
final class RuleTally {
  private final TreeMap<String, Count> rules = new TreeMap<>();

  private static final class Count {
    private long changed;
    private long onlyRecorded;
    private long onlyRecomputed;
    private final Set<PatientId> patients = new HashSet<>();
  }

  void add(Divergence divergence) {
    Count count = rules.computeIfAbsent(divergence.rule().orElse(""), _ -> new Count());
    Divergence.FieldChange field = divergence.fields().getFirst();
    if (field.recorded().isEmpty() && field.field().equals("decision")) {
      count.onlyRecomputed++;
    } else if (field.recomputed().isEmpty() && field.field().equals("decision")) {
      count.onlyRecorded++;
    } else {
      count.changed++;
    }
    divergence.patient().ifPresent(count.patients::add);
  }

  /** Adds what another partition found. */
  void add(RuleTally other) {
    other.rules.forEach(
        (rule, counted) -> {
          Count count = rules.computeIfAbsent(rule, _ -> new Count());
          count.changed += counted.changed;
          count.onlyRecorded += counted.onlyRecorded;
          count.onlyRecomputed += counted.onlyRecomputed;
          count.patients.addAll(counted.patients);
        });
  }

  List<RuleCount> counts() {
    return rules.entrySet().stream()
        .map(
            rule ->
                new RuleCount(
                    rule.getKey(),
                    rule.getValue().changed,
                    rule.getValue().onlyRecorded,
                    rule.getValue().onlyRecomputed,
                    rule.getValue().patients.size()))
        .toList();
  }
}
