package io.meninx.service;

import io.meninx.service.access.FileProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of the setting {@code stateDir}. */
final class StateDirectory {
  private StateDirectory() {}

  /**
   * Makes it if it is not there, and tries whether files can be made in it.
   *
   * @throws IOException it cannot be used, with the setting and the reason
   */
  static void check(Path directory) throws IOException {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "writable", ""));
    } catch (IOException e) {
      throw new IOException("stateDir " + directory + ": " + FileProblem.reason(e), e);
    }
  }
}
