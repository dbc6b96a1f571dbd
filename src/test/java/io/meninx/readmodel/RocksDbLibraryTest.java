package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RocksDbLibraryTest {
  private static final int HALTED = 9;

  @TempDir private Path directory;

  /** As {@code run} ends: without the orderly end at which Java removes what was unpacked. */
  @Test
  void aProcessThatHaltsLeavesNoLibraryBehind() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                OpensRowsAndHalts.class.getName(),
                directory.resolve("rows").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();

    assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(Files.readString(directory.resolve("output")))
        .isEqualTo(HALTED);
    assertThat(temporary).isEmptyDirectory();
  }

  /** {@code meninx-<pid>-*} is what is removed of processes that were killed. */
  @Test
  void whatAKilledProcessLeavesIsFoundByItsName() throws IOException {
    Path unpacked = RocksDbLibrary.directory();
    try {
      assertThat(unpacked.getFileName().toString())
          .startsWith("meninx-" + ProcessHandle.current().pid() + "-");
    } finally {
      Files.delete(unpacked);
    }
  }

  /** The other process. */
  static final class OpensRowsAndHalts {
    private OpensRowsAndHalts() {}

    public static void main(String[] arguments) {
      try (Database database = new Database(Path.of(arguments[0]));
          Database.Batch batch = database.batch()) {
        batch.put(new byte[] {1}, new byte[] {2});
        batch.write();
      }
      Runtime.getRuntime().halt(HALTED);
    }
  }
}
