package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aRowThatIsNoneIsToldWithThoseThereAre() {
    assertThat(run("bench", "speed")).isEqualTo(2);
    assertThat(err.toString()).contains("speed is no row; there are ").contains("replay");
  }

  /** Bytes do not depend on the machine, so this row can be held against its bar here. */
  @Test
  void whatIsWrittenForAnInputDoesNotGrowWithTheFactsOfAPatient(@TempDir Path directory)
      throws Exception {
    Path json = directory.resolve("bench.json");
    assertThat(run("bench", "bytes", "--quick", "--rounds", "1", "--json", json.toString()))
        .isZero();

    JsonNode ratio = new ObjectMapper().readTree(json.toFile()).at("/rows/0/figures/0");
    assertThat(ratio.get("name").asText()).startsWith("changelog, 1000 / 10 facts");
    assertThat(ratio.get("median").asDouble()).isPositive().isLessThan(1.3);
    assertThat(out.toString()).contains("changelog pathways, at 1000 facts, bytes/input");
  }

  private int run(String... command) {
    return Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), command);
  }
}
