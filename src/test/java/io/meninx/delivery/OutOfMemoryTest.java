package io.meninx.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.service.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What launcher and image tell the JVM to do when it is out of memory. */
@Timeout(60)
class OutOfMemoryTest {
  private static final String FULL =
      "public class Full { public static void main(String[] a) {"
          + " var all = new java.util.ArrayList<long[]>();"
          + " while (true) all.add(new long[1 << 20]); } }";

  @TempDir private Path directory;

  private static List<String> options(String file) throws IOException {
    return Pattern.compile("-XX:[+-](?:Exit|Crash|CreateCoredump)On\\w+")
        .matcher(Files.readString(Path.of(file)))
        .results()
        .map(MatchResult::group)
        .toList();
  }

  @Test
  void itIsTheSameInLauncherAndImage() throws IOException {
    assertThat(options("meninx")).isNotEmpty().isEqualTo(options("src/image/prepare"));
  }

  /** Not with 3, which says that the cluster is away. Process 1 could not be killed. */
  @Test
  void itEndsAsWhatFailedAndLeavesNoCore() throws Exception {
    Path source = Files.writeString(directory.resolve("Full.java"), FULL);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx64m");
    command.addAll(options("meninx"));
    command.add(source.toString());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isEqualTo(ExitCode.FAILED.code());
    assertThat(said).contains("Aborting due to java.lang.OutOfMemoryError", "no core file dumped");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.equals("Full.java") || name.startsWith("hs_err_pid"));
    }
  }
}
