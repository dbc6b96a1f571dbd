package io.meninx.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.registry.InMemoryRegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsRuntimeTest {
  @TempDir private Path directory;

  /** Rows may have been deleted since, and the changelogs do not tell of that for ever. */
  @Test
  void storesThatWereAwayForTooLongAreRemovedBeforeTheyAreUsed() throws IOException {
    Path fresh = store("0_0", TopologySettings.LONGEST_ABSENCE.minusHours(1));
    Path old = store("0_1", TopologySettings.LONGEST_ABSENCE.plusHours(1));
    TopologySettings settings =
        TopologySettings.of("", 2, new ScriptedEngine(), "test", new InMemoryRegistryClient());

    try (StreamsRuntime runtime =
        new StreamsRuntime(
            MeninxTopology.build(settings),
            StreamsRuntime.config("app", "localhost:1", directory, Map.of()))) {
      runtime.start();

      assertThat(old).doesNotExist();
      assertThat(fresh).exists();
    }
  }

  private Path store(String task, Duration age) throws IOException {
    Path taskDirectory = Files.createDirectories(directory.resolve("app").resolve(task));
    Path store = Files.createDirectory(taskDirectory.resolve("rocksdb"));
    Path row = Files.writeString(store.resolve("000001.sst"), "rows");
    Files.setLastModifiedTime(taskDirectory, FileTime.from(Instant.now().minus(age)));
    return row;
  }
}
