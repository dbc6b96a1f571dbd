package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.PatientId;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.Progress;
import io.meninx.replay.Recording;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AsOfTest {
  private static final PatientId PATIENT = new PatientId("sim-000001");
  private final List<JournalRecord> records = Recording.simulated(3, Duration.ofDays(1));

  @Test
  void whatStandsIsSaidWithItsReasons() {
    assertThat(AsOf.standing(timeline(records))).hasSizeGreaterThan(5);
  }

  /** Retention took the beginning, where the guideline stands: nothing must be denied for that. */
  @Test
  void ofAJournalWithoutItsBeginningItIsNotSaidThatNothingWasDecided() {
    PatientTimeline timeline = timeline(records.subList(5, records.size()));

    assertThat(timeline.recorded().revisions()).isNotEmpty();
    assertThat(AsOf.standing(timeline))
        .last()
        .asString()
        .startsWith("Earlier facts about this patient may lie before the first entry");
    assertThat(AsOf.lines(timeline, Instant.parse("2030-01-01T00:00:00Z")))
        .noneMatch(line -> line.contains("Nothing was decided"));
  }

  private static PatientTimeline timeline(List<JournalRecord> journal) {
    return new Replay(
            Recording.journal(journal),
            ReplayOptions.all(Recording.ENGINE).withPatients(Set.of(PATIENT)),
            Progress.NONE)
        .timelines()
        .getFirst();
  }
}
