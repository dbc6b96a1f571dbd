package io.meninx.service;

import java.io.Serial;
import java.nio.file.Path;

/** The directory of the stores can't be used: another instance has it, or it can't be written. */
final class StateDirectoryException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  StateDirectoryException(Path directory, Throwable cause) {
    super(
        "the state directory "
            + directory
            + " cannot be used: another instance uses it, or it cannot be written",
        cause);
  }
}
