package io.meninx.cli;

import io.meninx.archive.ArchiveJournal;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory on the command line that has to be an archive. */
final class ArchiveArgument {
  private ArchiveArgument() {}

  /**
   * Refuses what is no archive; whether one is in order is not looked at.
   *
   * @param option that names the directory
   * @param directory it names
   */
  static void require(String option, Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new WrongUseException(option + ": " + directory + " is no directory.");
    }
    if (!ArchiveJournal.isOne(directory)) {
      throw new WrongUseException(
          option + ": " + directory + " is no archive: there is no manifest.json in it.");
    }
    refuseAnotherKind(option, directory);
  }

  /** Refuses a directory that has the manifest of something else. */
  static void refuseAnotherKind(String option, Path directory) {
    if (ArchiveJournal.isOfAnotherKind(directory)) {
      throw new WrongUseException(
          option
              + ": "
              + directory
              + " is no archive: its manifest.json is of another kind. 'export' writes archives of"
              + " journals; 'simulate' writes inputs.");
    }
  }
}
