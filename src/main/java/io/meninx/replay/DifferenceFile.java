package io.meninx.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * {@code diff.jsonl}: one line per changed decision, by partition and then in the order they were
 * found. Each partition writes a file of its own while it runs; at the end they become one. So
 * nothing is kept in memory, and the order does not depend on the number of threads.
 */
public final class DifferenceFile implements AutoCloseable {
  /** Name of the file. */
  public static final String NAME = "diff.jsonl";

  private static final JsonFactory JSON = new JsonFactory();

  private final Path directory;
  private final TreeMap<Integer, Part> parts = new TreeMap<>();

  /** A file in this directory, which is there. */
  public DifferenceFile(Path directory) {
    this.directory = directory;
  }

  private record Part(Path file, OutputStream out) {}

  /** Takes the differences of a partition. Call it once for each. */
  public synchronized DivergenceSink sink(int partition) {
    try {
      Path file = directory.resolve(NAME + "." + partition + ".part");
      OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
      parts.put(partition, new Part(file, out));
      return divergence -> write(out, divergence);
    } catch (IOException e) {
      throw new UncheckedIOException("the report can't be written", e);
    }
  }

  private static void write(OutputStream out, Divergence divergence) {
    try {
      JsonGenerator json = JSON.createGenerator(out);
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      ReportJson.divergence(json, divergence);
      json.writeRaw('\n');
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the report can't be written", e);
    }
  }

  /** Puts the parts together. */
  public void finish() throws IOException {
    Path whole = directory.resolve(NAME + ".part");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(whole))) {
      for (Part part : parts.values()) {
        part.out().close();
        Files.copy(part.file(), out);
      }
    }
    Files.move(whole, directory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
    close();
  }

  @Override
  public void close() throws IOException {
    List<Part> all = new ArrayList<>(parts.values());
    parts.clear();
    for (Part part : all) {
      part.out().close();
      Files.deleteIfExists(part.file());
    }
  }
}
