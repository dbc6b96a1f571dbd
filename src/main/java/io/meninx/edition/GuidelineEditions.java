package io.meninx.edition;

import io.meninx.edition.EditionBinding.Edition;
import io.meninx.edition.EditionException.Problem;
import io.meninx.guideline.Guideline;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Where guidelines come from. Every method gives a guideline that was checked as a whole, or throws
 * an {@link EditionException} that names all that is wrong.
 */
public final class GuidelineEditions {

  /** Largest file, in bytes. */
  public static final int MAXIMUM_BYTES = 1 << 20;

  private static final String STANDARD = "lm-nsclc";
  private static final List<String> SHIPPED = List.of(STANDARD, "lm-nsclc-strict");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private GuidelineEditions() {}

  /** Ids of the editions that come with the program; the standard one is the first. */
  public static List<String> shipped() {
    return SHIPPED;
  }

  /** The edition in use unless another is asked for. */
  public static Guideline standard() {
    return load(STANDARD);
  }

  /**
   * Loads an edition.
   *
   * @param idOrPath a shipped id, or else the path of a file; {@code ./ID} is always a file
   * @throws EditionException when there is none, or it is not in order
   */
  public static Guideline load(String idOrPath) {
    try (InputStream in =
        SHIPPED.contains(idOrPath) ? resource(idOrPath) : Files.newInputStream(file(idOrPath))) {
      return read(idOrPath, in.readNBytes(MAXIMUM_BYTES + 1));
    } catch (IOException e) {
      // Its own message may be the path alone.
      throw refused(idOrPath, "the file cannot be read");
    }
  }

  /**
   * Reads an edition that is to be used.
   *
   * @param name what to call it in messages
   * @param bytes the file; the hash is taken over them with line endings as line feeds
   * @throws EditionException when it is not in order
   */
  public static Guideline read(String name, byte[] bytes) {
    return read(name, bytes, UnaryOperator.identity());
  }

  /**
   * Reads the text of an edition out of a journal, also one that is older than some parameters of
   * today: {@code guidelines/journaled.yaml} has what they stood for before they were there. The
   * hash is that of the text as it stands.
   *
   * @param name what to call it in messages
   * @param bytes the text
   * @throws EditionException when it is not in order even so
   */
  public static Guideline readJournaled(String name, byte[] bytes) {
    try (InputStream in = resource("journaled")) {
      return readJournaled(
          name, bytes, JournaledTexts.read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("journaled.yaml is in this build", e);
    }
  }

  static Guideline readJournaled(String name, byte[] bytes, JournaledTexts texts) {
    return read(name, bytes, texts::completed);
  }

  private static Guideline read(String name, byte[] bytes, UnaryOperator<Value> completed) {
    if (bytes.length > MAXIMUM_BYTES) {
      throw refused(name, "more than " + MAXIMUM_BYTES + " bytes");
    }
    String text = text(name, bytes).replace("\r\n", "\n").replace('\r', '\n');
    Problems problems = new Problems();
    Optional<Edition> edition =
        YamlReader.read(text, problems)
            .map(completed)
            .flatMap(tree -> Section.bind(tree, problems, EditionBinding::edition));
    problems.throwIfAny(name);
    return edition
        .map(read -> new Guideline(read.id(), read.version(), hash(text), text, read.parameters()))
        .orElseThrow();
  }

  private static Path file(String path) {
    try {
      Path file = Path.of(path);
      if (path.isBlank() || !Files.exists(file)) {
        throw refused(path, "no such file; shipped editions are " + String.join(", ", SHIPPED));
      }
      if (Files.isDirectory(file)) {
        throw refused(path, "this is a directory");
      }
      return file;
    } catch (InvalidPathException e) {
      throw refused(Problems.shown(path), "not a path of a file");
    }
  }

  private static InputStream resource(String id) {
    InputStream in = GuidelineEditions.class.getResourceAsStream("/guidelines/" + id + ".yaml");
    if (in == null) {
      throw new IllegalStateException("shipped edition " + id + " is not in this build");
    }
    return in;
  }

  private static String text(String name, byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.startsWith(BYTE_ORDER_MARK)) {
        throw refused(name, "starts with a byte order mark; save it as UTF-8 without one");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw refused(name, "not UTF-8 text");
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static EditionException refused(String name, String reason) {
    return new EditionException(name, List.of(new Problem("", reason)));
  }
}
