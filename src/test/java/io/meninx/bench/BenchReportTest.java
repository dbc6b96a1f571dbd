package io.meninx.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final Figure RATIO =
      new Figure("a / b", "", List.of(0.4, 0.9, 0.6), Optional.of(Bar.atLeast(0.5)));
  private static final Figure TIME =
      new Figure("a", "ms", List.of(1500.0, 4.0), Optional.of(Bar.atMost(1)));
  private static final BenchReport REPORT =
      new BenchReport(
          "1.2.3", 3, true, List.of(new RowResult("row", List.of(RATIO, TIME), List.of("a note"))));

  @Test
  void theMedianIsHeldAgainstTheBar() {
    assertThat(RATIO.median()).isEqualTo(0.6);
    assertThat(RATIO.met()).hasValue(true);
    assertThat(TIME.median()).isEqualTo(752);
    assertThat(TIME.met()).hasValue(false);
  }

  @Test
  void aFigureWithoutAMeasurementIsNone() {
    assertThatThrownBy(() -> new Figure("a", "", List.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTableHasMedianSpreadBarAndNotes() {
    assertThat(BenchReport.lines(REPORT.rows().getFirst()))
        .anyMatch(
            line -> line.matches("row +a / b +0\\.60 +0\\.40 \\.\\. 0\\.90 +at least 0\\.50: met"))
        .anyMatch(
            line -> line.matches("row +a, ms +752 +4\\.00 \\.\\. 1,500 +at most 1\\.00: MISSED"))
        .anyMatch(line -> line.strip().equals("a note"));
  }

  @Test
  void theJsonHasEveryValue(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("bench.json");
    REPORT.write(file);

    JsonNode figure = new ObjectMapper().readTree(file.toFile()).at("/rows/0/figures/0");
    assertThat(figure.get("values")).hasSize(3);
    assertThat(figure.at("/bar/met").asBoolean()).isTrue();
    assertThat(figure.get("least").asDouble()).isEqualTo(0.4);
  }
}
