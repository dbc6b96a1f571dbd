package io.meninx.readmodel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * The native part of RocksDB. It is unpacked to a file to be loaded, 15 MB in the directory for
 * temporary files, and would go at an orderly end of the JVM, which {@code run} does not have: it
 * halts. So the file goes as soon as it is loaded; what was loaded stays.
 */
public final class RocksDbLibrary {
  /** Of RocksDB: whoever sets it says where the library is to be. */
  private static final String ELSEWHERE = "ROCKSDB_SHAREDLIB_DIR";

  private RocksDbLibrary() {}

  /** Loads it, if it is not yet; to be called before anything of RocksDB is made. */
  public static synchronized void load() {
    if (System.getenv(ELSEWHERE) == null) {
      try {
        unpack();
      } catch (IOException e) {
        throw new ReadModelException("the library of RocksDB cannot be unpacked", e);
      }
    }
    RocksDB.loadLibrary();
  }

  private static void unpack() throws IOException {
    Path directory = directory();
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
    } finally {
      remove(directory);
    }
  }

  /**
   * Named as every temporary directory of a process of Meninx: what one that was killed meanwhile
   * left behind is removed by the next command that makes one.
   */
  static Path directory() throws IOException {
    return Files.createTempDirectory("meninx-" + ProcessHandle.current().pid() + "-rocksdb-");
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      // Where a loaded file cannot be deleted it goes at the end of the JVM.
      files
          .sorted(Comparator.reverseOrder())
          .map(Path::toFile)
          .filter(file -> !file.delete())
          .forEach(java.io.File::deleteOnExit);
    }
  }
}
