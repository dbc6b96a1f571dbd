package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.registry.InMemoryRegistryClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever closes a read model can go on as if it had never been, whatever it waits for. */
class FollowerEndTest {
  @TempDir private Path directory;

  /** A cluster that takes connections and never says anything: questions to it last 5 s. */
  @Test
  void itLetsGoOfItsClientAndItsRowsBeforeCloseReturns() throws Exception {
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Reading reading =
        new Reading() {
          @Override
          public Runnable opened(Consumer<byte[], byte[]> client) {
            opened.countDown();
            return closed::countDown;
          }
        };
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Follower follower =
          Follower.start(
              new Follower.Settings(
                  Map.of("bootstrap.servers", "127.0.0.1:" + silent.getLocalPort()),
                  "",
                  1,
                  directory),
              new InMemoryRegistryClient(),
              Clock.systemUTC(),
              reading);
      assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();

      follower.close();

      assertThat(closed.getCount()).isZero();
    }
  }
}
