package io.meninx.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Held by whoever writes an archive: two at once would write the same unfinished files. The system
 * frees it when the process ends, however it ends. Its file is empty and stays: were it deleted,
 * one could hold a lock on a file that is not there any more, and another one on its successor.
 */
final class ArchiveLock implements AutoCloseable {
  /** Name of its file in the directory. */
  static final String NAME = ".lock";

  private final FileChannel channel;

  private ArchiveLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of an archive.
   *
   * @throws ArchiveException somebody else has it
   */
  static ArchiveLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      channel.close();
      throw new ArchiveException(
          directory + ": another export or erasure is writing this archive; wait until it is done");
    }
    return new ArchiveLock(channel);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false; // By this very process.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
