package io.meninx.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedKafkaIT {
  @TempDir Path directory;

  @Test
  void takesTopicsAndLeavesNothingBehind() throws Exception {
    List<Path> before = ours();
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Admin admin =
            Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("kps-updates", 3, (short) 1))).all().get();

      assertThat(admin.listTopics().names().get()).containsExactly("kps-updates");
      assertThat(ours()).hasSize(before.size() + 1);
    }
    assertThat(ours()).containsExactlyInAnyOrderElementsOf(before);
  }

  @Test
  void leavesNothingBehindWhenTheProcessIsAskedToEnd() throws Exception {
    Process process = child();
    awaitStarted();

    process.destroy(); // SIGTERM, as Ctrl-C and a container's stop do

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(left()).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftGoesAtTheNextStart() throws Exception {
    Process killed = child();
    awaitStarted();
    killed.destroyForcibly().waitFor();
    List<Path> remains = left();
    assertThat(remains).isNotEmpty();
    Files.delete(started());

    Process next = child();
    awaitStarted();

    assertThat(left()).doesNotContainAnyElementsOf(remains).isNotEmpty();
    next.destroy();
    assertThat(next.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(left()).isEmpty();
  }

  /** Another JVM with a Kafka inside, and a directory for temporary files of its own. */
  private Process child() throws IOException {
    Files.createDirectories(directory.resolve("tmp"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory.resolve("tmp"),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            started().toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output").toFile())
        .start();
  }

  private Path started() {
    return directory.resolve("started");
  }

  private void awaitStarted() {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(started()));
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> entries = Files.list(directory.resolve("tmp"))) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("meninx-")).toList();
    }
  }

  private static List<Path> ours() throws IOException {
    String prefix = "meninx-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> entries = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix)).toList();
    }
  }

  /** Runs a Kafka until the process is ended. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
      EmbeddedKafka.start();
      Files.createFile(Path.of(args[0]));
      Thread.sleep(Duration.ofMinutes(2));
    }
  }
}
