package io.meninx.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.pathway.PathwayEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How cases are played, whatever is decided: with an engine that only tells times and numbers. */
class CasePlayerTest {

  private final CasePlayer player = new CasePlayer(new ToyEngine(), "test", List.of());

  @Test
  void aFactIsDecidedAtTheInstantItArrives() {
    CaseResult result =
        play("{'kind':'CSF','day':0,'time':'12:34'}", "{'kind':'BIOPSY','day':0,'time':'12:34'}");

    assertThat(result.events())
        .extracting(PathwayEvent::code, PathwayEvent::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("CSF 1", Instant.parse("2025-01-01T12:34:00Z")),
            org.assertj.core.groups.Tuple.tuple("BIOPSY 2", Instant.parse("2025-01-01T12:34:01Z")));
  }

  @Test
  void whatFallsDueIsDecidedAtItsOwnInstantAndBeforeTheNextFact() {
    CaseResult result =
        play("{'kind':'CSF','day':0,'time':'00:00'}", "{'kind':'BIOPSY','day':4,'time':'00:00'}");

    assertThat(result.events())
        .extracting(PathwayEvent::code)
        .containsExactly("CSF 1", "TIME 1", "BIOPSY 2");
    assertThat(result.events().get(1).at())
        .isEqualTo(Instant.parse("2025-01-01T00:00:00Z").plus(ToyEngine.RHYTHM));
  }

  @Test
  void timePassesToTheEndOfAClocksDayAndNoFurther() {
    CaseResult result = play("{'kind':'CSF','day':0}", "{'kind':'CLOCK','day':400}");

    Instant first = Instant.parse("2025-01-01T12:00:00Z");
    Instant end = Instant.parse("2026-02-05T23:59:00Z");
    long timers = java.time.Duration.between(first, end).dividedBy(ToyEngine.RHYTHM);
    assertThat(result.events()).hasSize(1 + (int) timers);
    assertThat(result.endedAt()).isEqualTo(end);
    assertThat(result.state().openAlerts().getFirst().dueAt())
        .contains(first.plus(ToyEngine.RHYTHM.multipliedBy(timers + 1)));
  }

  @Test
  void anIdenticalRepeatIsADuplicateAndDecidesNothing() {
    CaseResult result = play("{'kind':'CSF','day':0,'id':'a'}", "{'kind':'CSF','day':0,'id':'a'}");

    assertThat(result.events()).extracting(PathwayEvent::code).containsExactly("CSF 1");
    assertThat(result.rejected()).isEmpty();
  }

  @Test
  void anImplausibleFactIsListedByItsPlaceInTheFile() {
    CaseResult result =
        play(
            "{'kind':'BIOPSY','day':5}",
            "{'kind':'CLOCK','day':6}",
            "{'kind':'CSF','day':0,'minutesToProcessing':-5}");

    assertThat(result.rejected())
        .containsExactly(new Rejected(2, "PROCESSED_BEFORE_COLLECTED", "CSF.minutesToProcessing"));
  }

  @Test
  void twoRunsGiveTheSameBytes() {
    CaseFile file = PublishedCases.all().getFirst();

    assertThat(player.play(file).toJson()).isEqualTo(player.play(file).toJson());
  }

  @Test
  void aCaseWithoutFactsIsPlayed() {
    assertThat(play("{'kind':'CLOCK','day':3}").state())
        .isEqualTo(io.meninx.pathway.PublicState.EMPTY);
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    List<Path> before = temporaryFiles();

    play("{'kind':'CSF','day':0}");

    assertThat(temporaryFiles()).isSubsetOf(before);
  }

  private static List<Path> temporaryFiles() throws Exception {
    String own = "meninx-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(own)).toList();
    }
  }

  private CaseResult play(String... facts) {
    String json = "{'case':'c','facts':[" + String.join(",", facts) + "]}";
    return player.play(
        CaseFile.read("c.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
