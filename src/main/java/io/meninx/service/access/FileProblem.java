package io.meninx.service.access;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of files in words: what Java says of most of them is the name of the file. */
public final class FileProblem {
  private FileProblem() {}

  /** Why it failed. */
  public static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "it cannot be written: permission denied";
      case FileAlreadyExistsException _ -> "it is a file and no directory";
      case NoSuchFileException _ -> "it cannot be made there";
      case FileSystemException known when known.getReason() != null -> known.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
