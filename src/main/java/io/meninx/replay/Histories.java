package io.meninx.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What a journal has of patients, and where it may have had more.
 *
 * @param timelines sorted by patient; those the journal does not have are left out
 * @param unseen of every partition, ascending
 * @param complete whether all was written that was there to be written
 */
public record Histories(List<PatientTimeline> timelines, List<Unseen> unseen, boolean complete) {
  private static final String MAY_HAVE = ": what was known of this patient may have stood there.";
  private static final String ARCHIVE = "An archive may hold them: --from DIR,kafka.";

  public Histories {
    timelines = List.copyOf(timelines);
    unseen = List.copyOf(unseen);
  }

  /**
   * Why it must not be said of somebody who was not found that nothing was known; nothing when all
   * entries there ever were could be looked at.
   */
  public List<String> reservations() {
    List<String> words = new ArrayList<>();
    counted(Unseen::erased, "is erased", "are erased").ifPresent(words::add);
    counted(Unseen::unreadable, "can't be decoded", "can't be decoded").ifPresent(words::add);
    partitions(
            part -> part.all() || part.before() > 0,
            part -> part.all() ? "all" : "those before entry " + part.before())
        .map(which -> "Entries are missing, " + which + MAY_HAVE + " " + ARCHIVE)
        .ifPresent(words::add);
    partitions(Unseen::broken, _ -> "the chain")
        .map(which -> "Not whole is " + which + MAY_HAVE)
        .ifPresent(words::add);
    if (!complete) {
      words.add("This archive is not finished" + MAY_HAVE);
    }
    return words;
  }

  private Optional<String> counted(ToLongFunction<Unseen> of, String one, String many) {
    long count = unseen.stream().mapToLong(of).sum();
    return count == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%,d %s %s%s",
                count,
                count == 1 ? "entry" : "entries",
                count == 1 ? one : many,
                MAY_HAVE));
  }

  private Optional<String> partitions(Predicate<Unseen> of, Function<Unseen, String> what) {
    List<String> found =
        unseen.stream()
            .filter(of)
            .map(part -> what.apply(part) + " of partition " + part.partition())
            .toList();
    return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
  }
}
