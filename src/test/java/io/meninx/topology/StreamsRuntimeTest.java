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
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
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

  /** What still runs was not stopped in order. */
  @Test
  void aStreamThatDoesNotStopInTimeSaysSo() throws InterruptedException {
    TopologySettings settings =
        TopologySettings.of("", 2, new ScriptedEngine(), "test", new InMemoryRegistryClient());
    StreamsRuntime runtime =
        new StreamsRuntime(
            MeninxTopology.build(settings),
            StreamsRuntime.config(
                "app",
                "localhost:1",
                directory,
                Map.of(
                    StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                    Stubborn.class.getName())));
    runtime.start();
    assertThat(runtime.late()).isFalse();

    runtime.close();

    assertThat(runtime.late()).isTrue();
    Stubborn.MAY_END.countDown();
    assertThat(runtime.awaitEnd(Duration.ofSeconds(30))).isTrue();
  }

  /** Holds its consumer up when that is closed, as brokers do that do not answer. */
  public static final class Stubborn implements ConsumerInterceptor<byte[], byte[]> {
    private static final CountDownLatch MAY_END = new CountDownLatch(1);

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {
      try {
        MAY_END.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
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
