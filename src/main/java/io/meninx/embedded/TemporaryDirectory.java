package io.meninx.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory for the life of this process, {@code meninx-<pid>-*} in the system's directory for
 * temporary files. It goes when closed, and at the latest when the JVM ends; what a killed process
 * left behind goes when the next one starts.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("meninx-(\\d{1,18})-.*");

  private final Path path;
  private final Optional<Thread> hook;

  private TemporaryDirectory(Path path, boolean hooked) {
    this.path = path;
    this.hook =
        hooked
            ? Optional.of(new Thread(() -> delete(path), "meninx-remove-temporary-files"))
            : Optional.empty();
    hook.ifPresent(Runtime.getRuntime()::addShutdownHook);
  }

  /**
   * Makes one, after removing those of dead processes.
   *
   * @param purpose a word for its name
   */
  public static TemporaryDirectory create(String purpose) {
    return create(systemDirectory(), purpose, true);
  }

  /**
   * One that its owner deletes when the JVM ends: hooks run all at once, and deleting what a server
   * still writes to makes it halt the JVM.
   */
  static TemporaryDirectory withoutHook(String purpose) {
    return create(systemDirectory(), purpose, false);
  }

  static TemporaryDirectory create(Path parent, String purpose, boolean hooked) {
    removeThoseOfTheDead(parent);
    try {
      // Readable by the owner only: the broker's logs hold what patients' records hold.
      return new TemporaryDirectory(
          Files.createTempDirectory(
              parent, "meninx-" + ProcessHandle.current().pid() + "-" + purpose + "-"),
          hooked);
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for temporary files can be made", e);
    }
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Deletes it with all that is in it. */
  @Override
  public void close() {
    delete(path);
    try {
      hook.ifPresent(Runtime.getRuntime()::removeShutdownHook);
    } catch (IllegalStateException _) {
      // The JVM is ending: the hook finds nothing left to do.
    }
  }

  private static Path systemDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static void removeThoseOfTheDead(Path parent) {
    try (Stream<Path> entries = Files.list(parent)) {
      entries.filter(TemporaryDirectory::ofADeadProcess).forEach(TemporaryDirectory::delete);
    } catch (IOException | UncheckedIOException _) {
      // Only tidying: it must not keep anything from starting.
    }
  }

  private static boolean ofADeadProcess(Path entry) {
    Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
    return name.matches()
        && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /**
   * Files may still come and go while their owner stops, so what can't be deleted is tried again, a
   * few times.
   */
  private static void delete(Path directory) {
    for (int attempt = 0;
        attempt < 5 && Files.exists(directory, LinkOption.NOFOLLOW_LINKS);
        attempt++) {
      try {
        Files.walkFileTree(directory, new Deletion());
      } catch (IOException _) {
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Deletes what it visits; follows no links. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
