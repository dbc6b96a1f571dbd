package io.meninx.replay;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What was decided and what another guideline decides, put together: of what is alike, those two
 * that are nearest in time, then the next nearest, as long as no pair crosses another. So when of
 * two lives of an alert only the second has a counterpart, it is the first that has none.
 *
 * @param <T> what is paired
 */
final class NearestPairs<T> {
  /** With more on both sides than this, multiplied, they are paired one after the other. */
  private static final long MOST = 100_000;

  private final Function<T, Instant> at;
  private final Map<T, T> pairs = new IdentityHashMap<>();
  private final Set<T> taken = Collections.newSetFromMap(new IdentityHashMap<>());

  private record Pair<T>(T before, T after) {}

  /** Without any pair yet; nearness is that of these times. */
  NearestPairs(Function<T, Instant> at) {
    this.at = at;
  }

  /** Pairs what has no other side yet and says the same of itself. */
  NearestPairs<T> pair(List<T> before, List<T> after, Function<T, String> alike) {
    Map<String, List<T>> ones =
        before.stream()
            .filter(one -> !pairs.containsKey(one))
            .collect(groupingBy(alike, LinkedHashMap::new, toList()));
    Map<String, List<T>> others =
        after.stream().filter(two -> !taken.contains(two)).collect(groupingBy(alike));
    Map<String, List<Pair<T>>> there =
        pairs.entrySet().stream()
            .map(pair -> new Pair<>(pair.getKey(), pair.getValue()))
            .collect(groupingBy(pair -> alike.apply(pair.before())));
    ones.forEach(
        (name, some) ->
            pair(some, others.getOrDefault(name, List.of()), there.getOrDefault(name, List.of())));
    return this;
  }

  private void pair(List<T> before, List<T> after, List<Pair<T>> there) {
    if ((long) before.size() * after.size() > MOST) {
      for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
        put(new Pair<>(before.get(i), after.get(i)));
      }
      return;
    }
    List<Pair<T>> candidates = new ArrayList<>();
    before.forEach(one -> after.forEach(two -> candidates.add(new Pair<>(one, two))));
    candidates.sort(Comparator.comparing(this::apart));
    List<Pair<T>> chosen = new ArrayList<>(there);
    for (Pair<T> next : candidates) {
      boolean free = !pairs.containsKey(next.before()) && !taken.contains(next.after());
      if (free && chosen.stream().noneMatch(other -> cross(next, other))) {
        chosen.add(next);
        put(next);
      }
    }
  }

  private Duration apart(Pair<T> pair) {
    return Duration.between(at.apply(pair.before()), at.apply(pair.after())).abs();
  }

  private boolean cross(Pair<T> one, Pair<T> other) {
    return precedes(one.before(), other.before()) && precedes(other.after(), one.after())
        || precedes(other.before(), one.before()) && precedes(one.after(), other.after());
  }

  private boolean precedes(T one, T other) {
    return at.apply(one).isBefore(at.apply(other));
  }

  private void put(Pair<T> pair) {
    pairs.put(pair.before(), pair.after());
    taken.add(pair.after());
  }

  /** The other side of what was decided. */
  Optional<T> of(T before) {
    return Optional.ofNullable(pairs.get(before));
  }

  /** Whether this is the other side of anything. */
  boolean isPaired(T after) {
    return taken.contains(after);
  }
}
