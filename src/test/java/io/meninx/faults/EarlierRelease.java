package io.meninx.faults;

import io.meninx.cli.Meninx;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The release before this one. By default this program under another version; with {@code
 * -Dmeninx.previous=DIR} the one that was built in that directory, the root of another checkout.
 */
final class EarlierRelease {
  private static final String MARK = "old-";
  private static final String VERSION = "0.0.9";
  private static final String RESOURCE = "io/meninx/version.properties";

  private EarlierRelease() {}

  /** Another program than this one, if there is one. */
  static Optional<Path> other() {
    return Optional.ofNullable(System.getProperty("meninx.previous"))
        .filter(directory -> !directory.isBlank())
        .map(Path::of);
  }

  /** Whether an instance is of the earlier release. */
  static boolean is(String name) {
    return name.startsWith(MARK);
  }

  /** The name of the instance whose place it has. */
  static String withoutMark(String name) {
    return is(name) ? name.substring(MARK.length()) : name;
  }

  /** The class path of an instance. */
  static String classPath(String name) {
    String ours = System.getProperty("java.class.path");
    if (!is(name)) {
      return ours;
    }
    return other()
        .map(EarlierRelease::built)
        .orElseGet(() -> renamed() + File.pathSeparator + ours);
  }

  private static String built(Path root) {
    Path jar = root.resolve("target").resolve("meninx.jar").toAbsolutePath();
    if (!Files.isRegularFile(jar)) {
      throw new IllegalStateException("-Dmeninx.previous: " + jar + " is not there: build it");
    }
    return jar + File.pathSeparator + jar.resolveSibling("lib").resolve("*");
  }

  /** A directory that, in front of everything else, gives this program another version. */
  private static Path renamed() {
    Path directory = Path.of("target", "faults", "earlier-release").toAbsolutePath();
    Path file = directory.resolve(RESOURCE);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "version=" + VERSION + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (Meninx.class.getResource("/" + RESOURCE) == null) {
      throw new IllegalStateException("the program no longer has its version in " + RESOURCE);
    }
    return directory;
  }
}
