package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.PathwayEngine;
import io.meninx.wire.registry.InMemoryRegistryClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologySettingsTest {
  /** What is due on all partitions of a thread at once is as much as on one that is alone. */
  @ParameterizedTest
  @CsvSource({"1, 1, 10", "4, 2, 5", "12, 2, 1", "12, 12, 10", "12, 24, 10", "200, 2, 1"})
  void dueWorkIsDividedAmongThePartitionsOfAThread(int partitions, int threads, int slices) {
    TopologySettings settings =
        TopologySettings.of(
            "",
            partitions,
            DecisionEngine.of(
                new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD)),
            "test",
            new InMemoryRegistryClient());

    TopologySettings shared = settings.sharedBy(threads);

    assertThat(shared.slices()).isEqualTo(slices);
    assertThat(shared.slice()).isEqualTo(settings.slice());
  }
}
