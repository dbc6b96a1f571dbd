package io.meninx.casefile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The published cases that come with the program; see {@code cases/INDEX.md} for what they are. */
public final class PublishedCases {

  private static final String FOLDER = "/cases/";

  private PublishedCases() {}

  /** All of them, in the order of their names. */
  public static List<CaseFile> all() {
    return new String(bytes("names.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(name -> !name.isBlank())
        .map(name -> CaseFile.read(name, bytes(name)))
        .toList();
  }

  private static byte[] bytes(String name) {
    try (@Nullable InputStream in = PublishedCases.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the program was packaged without " + FOLDER + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FOLDER + name, e);
    }
  }
}
