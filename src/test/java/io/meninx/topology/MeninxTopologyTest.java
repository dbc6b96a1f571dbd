package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.registry.InMemoryRegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

class MeninxTopologyTest {
  private static final Path GOLDEN = Path.of("topology-docs", "topology.txt");

  /**
   * A change of names or shape loses state on an upgrade: it is made on purpose
   * (-Dgolden.update=true) or not at all.
   */
  @Test
  void theTopologyIsTheOneInTheDocs() throws IOException {
    String described = described("");
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, described);
    }
    assertThat(described).isEqualTo(Files.readString(GOLDEN));
  }

  @Test
  void itIsOneSubTopologySoThatNothingIsRepartitioned() {
    assertThat(topology("").describe().subtopologies()).hasSize(1);
    assertThat(described("")).doesNotContain("repartition");
  }

  @Test
  void aPrefixChangesTopicsAndNoOtherName() {
    assertThat(described("site1.").replace("site1.", "")).isEqualTo(described(""));
  }

  private static String described(String prefix) {
    return topology(prefix).describe().toString().stripTrailing() + "\n";
  }

  private static Topology topology(String prefix) {
    return MeninxTopology.build(
        TopologySettings.of(prefix, 4, new ScriptedEngine(), "test", new InMemoryRegistryClient()));
  }
}
