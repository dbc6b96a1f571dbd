package io.meninx.cli;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What stands after {@code --cases}: files, and directories of {@code *.json} files. */
final class CaseArguments {
  /** So many files are complained of one by one. */
  private static final int MOST = 20;

  private CaseArguments() {}

  /**
   * Reads all of them, before anything is done with one.
   *
   * @throws WrongUseException with all that is wrong with all of them
   */
  static List<CaseFile> read(Collection<Path> paths) {
    List<CaseFile> cases = new ArrayList<>();
    List<String> complaints = new ArrayList<>();
    Map<String, Path> names = new HashMap<>();
    for (Path file : files(paths)) {
      try {
        CaseFile read = CaseFile.read(file);
        Path other = names.putIfAbsent(read.name(), file);
        if (other != null) {
          complaints.add(file + ": $.case: is also the case of " + other);
        }
        cases.add(read);
      } catch (CaseFileException | UncheckedIOException e) {
        complaints.add(String.valueOf(e.getMessage()));
      }
    }
    if (!complaints.isEmpty()) {
      throw new WrongUseException(inShort(complaints));
    }
    return cases;
  }

  /** A directory of other files than cases would fill the screen. */
  private static String inShort(List<String> complaints) {
    String first = String.join("; ", complaints.subList(0, Math.min(MOST, complaints.size())));
    int more = complaints.size() - MOST;
    return more > 0 ? first + "; and " + more + " more such files" : first;
  }

  private static Set<Path> files(Collection<Path> paths) {
    Set<Path> files = new LinkedHashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> inside = jsonFilesIn(path);
        if (inside.isEmpty()) {
          throw new WrongUseException("There is no case file (*.json) in " + path + ".");
        }
        files.addAll(inside);
      } else if (Files.isRegularFile(path)) {
        files.add(path.normalize());
      } else {
        throw new WrongUseException("There is no case file " + path + ".");
      }
    }
    return files;
  }

  private static List<Path> jsonFilesIn(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> entry.toString().endsWith(".json") && Files.isRegularFile(entry))
          .map(Path::normalize)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new WrongUseException("The directory " + directory + " cannot be read.", e);
    }
  }
}
