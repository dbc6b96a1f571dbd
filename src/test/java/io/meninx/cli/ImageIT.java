package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.testing.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes into the image, target/image, runs the service on a real Kafka although the broker is
 * left out. Without Docker; with it, see {@code DeliveredOnDocker}.
 */
@Timeout(300)
class ImageIT {
  private static final Path IMAGE = Path.of("target/image");
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void noBrokerIsInIt() throws IOException {
    assertThat(jars()).hasSizeGreaterThan(30);
    for (Path jar : jars()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        assertThat(file.stream().map(java.util.zip.ZipEntry::getName))
            .as(jar.toString())
            .noneMatch(
                name ->
                    name.startsWith("kafka/server/")
                        || name.startsWith("scala/")
                        || name.startsWith("org/apache/kafka/controller/")
                        || name.startsWith("org/apache/kafka/raft/"))
            .noneMatch(name -> name.endsWith(".so") || name.endsWith(".dll"));
      }
    }
    assertThat(IMAGE.resolve("native/x86_64")).isDirectoryContaining("glob:**librocksdbjni*.so");
    assertThat(IMAGE.resolve("native/aarch64")).isDirectoryContaining("glob:**librocksdbjni*.so");
  }

  @Test
  void commandsThatNeedTheBrokerSayThatItIsLeftOut() throws Exception {
    assertThat(finished(2, "demo")).startsWith("meninx: 'demo' starts a Kafka inside the process");
    assertThat(finished(2, "cluster", "--write", directory.resolve("c.yaml").toString()))
        .startsWith("meninx: 'cluster' starts a Kafka inside the process");
    assertThat(finished(2, "bench"))
        .startsWith("meninx: 'bench' starts a Kafka inside the process");
  }

  @Test
  void everythingElseRunsWithoutIt() throws Exception {
    Path config = directory.resolve("settings.yaml");
    start(
        "cluster",
        JavaProcess.command(512, Meninx.class, "cluster", "--write", config.toString()),
        Map.of());
    Awaitility.await().atMost(LONG_ENOUGH).until(() -> Files.exists(config));
    String file = config.toString();

    assertThat(finished(0, "topics", "--create", "--config", file)).contains("in order");
    Map<String, String> own =
        Map.of("MENINX_HTTP_PORT", "0", "MENINX_STATE_DIR", directory.resolve("state").toString());
    Process run = start("run", command("run", "--config", file), own);
    assertThat(finished(0, "simulate", "--patients", "5", "--to", "kafka", "--config", file))
        .contains("messages about 5 patients");
    var service = new Deployed.Instance(run, log("run"));
    service.awaitReady();
    Awaitility.await()
        .atMost(LONG_ENOUGH)
        .until(
            () ->
                service
                    .ask("/metrics")
                    .filter(text -> text.contains("meninx_inputs_total{status=\"decided\""))
                    .isPresent());
    JavaProcess.signal(run, "TERM");
    assertThat(service.exit(Duration.ofSeconds(10))).isZero();

    String report = directory.resolve("report").toString();
    assertThat(finished(0, "replay", "--from", "kafka", "--config", file, "--report", report))
        .contains("identical");
    String archive = directory.resolve("archive").toString();
    finished(0, "export", "--config", file, "--to", archive);
    finished(0, "dlq", "list", "--config", file);
    finished(0, "burden");
  }

  private String finished(int exit, String... arguments) throws Exception {
    String name = "command-" + processes.size();
    Process process = start(name, command(arguments), Map.of());
    assertThat(process.waitFor(LONG_ENOUGH)).as("ends: %s", List.of(arguments)).isTrue();
    String said = Files.readString(log(name), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(said).isEqualTo(exit);
    return said;
  }

  private Process start(String name, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(name).toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private static List<String> command(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.library.path=" + nativeLibraries(),
            "-cp",
            jars().stream().map(Path::toString).collect(Collectors.joining(":")),
            "io.meninx.cli.Meninx"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path nativeLibraries() {
    String machine = System.getProperty("os.arch");
    return IMAGE.resolve("native").resolve(machine.equals("amd64") ? "x86_64" : machine);
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> libraries = Files.list(IMAGE.resolve("lib"))) {
      return Stream.concat(Stream.of(IMAGE.resolve("meninx.jar")), libraries.sorted()).toList();
    }
  }
}
