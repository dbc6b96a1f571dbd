package io.meninx.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evidence and missing fields in plain words. */
class PlainTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "csfFlow=PARTIAL | CSF flow partial",
        "kps=70 | KPS 70",
        "sign=GAIT | sign gait",
        "EGFR=exon 19 deletion | EGFR exon 19 deletion",
        "histology=NSCLC_NOS | histology nsclc nos",
        "MRI, regions=BRAIN+CERVICAL_SPINE, contrast=YES | MRI, regions brain + cervical spine,"
            + " contrast yes",
        "INTRATHECAL ADMINISTERED, agent=methotrexate, doseMg=15.0 | intrathecal administered,"
            + " agent methotrexate, dose in mg 15.0",
        "cytology=NEGATIVE, volumeMl=4.9, minutesToProcessing=20 | cytology negative, volume in mL"
            + " 4.9, minutes to processing 20",
        "lifeExpectancyDays=29 | life expectancy in days 29",
      })
  void values(String evidence, String words) {
    assertThat(Plain.value(evidence)).isEqualTo(words);
  }

  @Test
  void fieldsAreNamedOnceAndGenesByTheirNames() {
    assertThat(
            Plain.fields(
                List.of("PERFORMANCE.kps", "BIOPSY.markers.ALK", "PERFORMANCE.kps", "NEW.field")))
        .isEqualTo("KPS, ALK, NEW.field");
  }

  /** Whatever a reviewed output says is missing has a word of its own. */
  @Test
  void everyFieldThatIsEverMissingHasAWord() {
    Set<String> missing = new TreeSet<>();
    for (String folder : List.of("vignettes/golden", "published-golden")) {
      try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
        files
            .filter(file -> file.toString().endsWith(".json"))
            .forEach(file -> collect(read(file), missing));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    assertThat(missing).hasSizeGreaterThan(15);
    assertThat(missing).filteredOn(field -> Plain.fields(List.of(field)).equals(field)).isEmpty();
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void collect(JsonNode golden, Set<String> missing) {
    for (String list : List.of("events", "alerts")) {
      for (JsonNode entry : golden.path(list)) {
        entry.path("missing").forEach(field -> missing.add(field.textValue()));
      }
    }
  }
}
