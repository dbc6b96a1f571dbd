package io.meninx.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.embedded.EmbeddedRegistry;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.registry.SchemaCatalog;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two instances of one release are replaced, one by one and under way, by two of the next, which
 * take over their state directories; one goes back and forth again. Nothing is lost and nothing
 * decided twice, and the journal says which release decided what.
 */
@Timeout(600)
class UpgradeIT {
  private static final String NAME = "upgrade";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * When the earlier release is another program, its decisions may be others; what is never allowed
   * to differ is this: offsets, numbers and chain of the journal.
   */
  private static final Pattern OF_THE_JOURNAL = Pattern.compile("^(offsets|sequence|chain) .*");

  @Test
  void instancesAreReplacedByThoseOfTheNextReleaseOneByOne() {
    SchemaCatalog catalog = new SchemaCatalog();
    PathwayEngine engine = new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
    Traffic traffic =
        Traffic.of(11, 20, 4, Duration.ofHours(24), catalog, List.of(History.prefix(NAME)));
    try (EmbeddedRegistry registry = EmbeddedRegistry.start(catalog);
        var cluster = Bench.oneBroker();
        History history =
            new History(NAME, cluster, registry, traffic, engine, Duration.ofMillis(150))) {
      Fleet fleet = history.fleet();
      fleet.start("old-one");
      fleet.start("old-two");
      history.awaitDecisions();

      replace(history, "old-two", "two");
      if (EarlierRelease.other().isEmpty()) { // the same format of rows, so going back is possible
        replace(history, "two", "old-two");
        replace(history, "old-two", "two");
      }
      replace(history, "old-one", "one");

      Comparison comparison = history.finish();
      System.out.println(
          "faults: "
              + history.line(
                  comparison, "two instances replaced one by one, " + comparison.versions()));
      assertThat(fleet.startedAgain()).isZero();
      if (EarlierRelease.other().isPresent()) {
        assertThat(comparison.differences())
            .filteredOn(difference -> OF_THE_JOURNAL.matcher(difference).matches())
            .isEmpty();
      } else {
        assertThat(comparison.versions()).as("releases that decided").hasSize(2);
        assertThat(comparison.differences()).isEmpty();
      }
    }
  }

  /**
   * In the order of a rolling update: one that works leaves, its successor has its name and its
   * state.
   */
  private static void replace(History history, String leaves, String comes) {
    Awaitility.await().atMost(PATIENCE).until(() -> history.fleet().running(leaves));
    history.leave(leaves);
    history.fleet().start(comes);
    history.awaitDecisions();
  }
}
