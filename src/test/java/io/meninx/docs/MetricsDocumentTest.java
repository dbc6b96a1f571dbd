package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.service.metrics.Metric;
import io.meninx.service.metrics.Tag;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsDocumentTest {
  @Test
  void everyMetricHasAMeaningAndANameOfItsOwn() {
    assertThat(Metric.values())
        .extracting(Metric::prometheusName)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("meninx_[a-z_]+"));
    assertThat(Metric.values())
        .extracting(Metric::meaning)
        .allMatch(meaning -> !meaning.isBlank() && !meaning.contains("|"));
  }

  /** What Prometheus would take for two series of one name with other tags. */
  @Test
  void everySetOfTagsIsClosed() {
    List<Tag> open = List.of(Tag.VERSION, Tag.GUIDELINE);
    assertThat(Tag.values())
        .filteredOn(tag -> !open.contains(tag))
        .allSatisfy(tag -> assertThat(tag.allowed()).isNotEmpty().doesNotHaveDuplicates());
    assertThat(Metric.values())
        .filteredOn(metric -> metric.tags().stream().anyMatch(open::contains))
        .containsExactly(Metric.BUILD);
    assertThat(Arrays.stream(Metric.values()))
        .allSatisfy(
            metric -> assertThat(metric.tags()).extracting(Tag::key).doesNotHaveDuplicates());
  }
}
