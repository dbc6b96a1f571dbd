package io.meninx.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryDirectoryTest {
  /** Above the largest process id of any supported system. */
  private static final long NOBODY = 99_999_999_999L;

  @TempDir Path parent;

  @Test
  void goesWithAllThatIsInIt() throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.create(parent, "test", true);
    Files.createDirectories(directory.path().resolve("a/b"));
    Files.writeString(directory.path().resolve("a/b/c"), "c");

    directory.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void onlyItsOwnerMayLookInside() throws IOException {
    try (TemporaryDirectory directory = TemporaryDirectory.create(parent, "test", true)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void whatAKilledProcessLeftGoesAtTheNextStart() throws IOException {
    Path left = Files.createDirectories(parent.resolve("meninx-" + NOBODY + "-kafka-1/topic-0"));
    Path alive =
        Files.createDirectory(parent.resolve("meninx-" + ProcessHandle.current().pid() + "-x"));
    Path foreign = Files.createDirectory(parent.resolve("other-" + NOBODY + "-kafka-1"));

    TemporaryDirectory.create(parent, "test", true).close();

    assertThat(left.getParent()).doesNotExist();
    assertThat(alive).exists();
    assertThat(foreign).exists();
  }

  @Test
  void followsNoLinkOutOfItself(@TempDir Path elsewhere) throws IOException {
    Path kept = Files.writeString(elsewhere.resolve("kept"), "k");
    TemporaryDirectory directory = TemporaryDirectory.create(parent, "test", true);
    Files.createSymbolicLink(directory.path().resolve("link"), elsewhere);

    directory.close();

    assertThat(kept).exists();
    assertThat(directory.path()).doesNotExist();
  }
}
