package io.meninx.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a journal has of patients, and where it may have had more.
 *
 * @param timelines sorted by patient; those the journal does not have are left out
 * @param unseen of every partition, ascending
 */
public record Histories(List<PatientTimeline> timelines, List<Unseen> unseen) {
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
    long erased = unseen.stream().mapToLong(Unseen::erased).sum();
    if (erased > 0) {
      words.add(
          String.format(Locale.ROOT, "%,d", erased)
              + (erased == 1 ? " entry is erased" : " entries are erased")
              + ": what was known of this patient may have stood there.");
    }
    String missing =
        unseen.stream()
            .filter(part -> part.all() || part.before() > 0)
            .map(
                part ->
                    (part.all() ? "all" : "those before entry " + part.before())
                        + " of partition "
                        + part.partition())
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      words.add(
          "Entries are missing, "
              + missing
              + ": what was known of this patient may have stood there. An archive may hold them:"
              + " --from DIR,kafka.");
    }
    return words;
  }
}
