package io.meninx.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.journal.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte of {@code manifest.json} changes unseen. */
class ManifestTest {
  private static final String TEXT = "id: lm\nversion: \"1\"\n";

  private static final Manifest MANIFEST =
      Manifest.empty("pathway-journal", 2)
          .beginning(1, 7)
          .with(
              new Manifest.ArchiveFile(
                  "p0-0.avro", 0, 3, 9, 0, 4, 5, 1, "00", "ab", 1_234, Sha256.of(TEXT).hex()),
              Map.of(Sha256.of(TEXT).hex(), TEXT),
              Map.of("0.1.0", 5L));

  @TempDir private Path directory;
  private Path file = Path.of("");
  private byte[] written = new byte[0];

  @BeforeEach
  void write() throws Exception {
    MANIFEST.write(directory);
    file = directory.resolve(Manifest.NAME);
    written = Files.readAllBytes(file);
  }

  @Test
  void whatWasWrittenIsRead() {
    assertThat(Manifest.read(directory)).hasValue(MANIFEST);
    assertThat(written.length).isBetween(500, 5_000);
  }

  /** The second makes a carriage return of an end of line, the third a tab of a blank. */
  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x07, 0x29, 0x80})
  void everyByteThatIsAnotherIsSeen(int mask) throws Exception {
    for (int i = 0; i < written.length; i++) {
      byte[] changed = written.clone();
      changed[i] ^= (byte) mask;
      refused(changed, "byte " + i);
    }
  }

  @Test
  void everyByteThatIsMissingIsSeen() throws Exception {
    for (int i = 0; i < written.length; i++) {
      byte[] shorter = Arrays.copyOf(written, written.length - 1);
      System.arraycopy(written, i + 1, shorter, i, shorter.length - i);
      refused(shorter, "byte " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "\t", "{}", "x", "\0", "\n{\"files\": []}"})
  void whatIsAppendedIsSeen(String more) throws Exception {
    refused(text(new String(written, StandardCharsets.UTF_8) + more), "appended");
  }

  /** The same tree in other bytes, which its SHA-256 does not tell. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~\n~          | ~\r\n~",
        "~  \"~        | ~\"~",
        "~ : ~         | ~: ~",
        "~pathway~     | ~\\u0070athway~",
        "~\"topic\"~  | ~\"topic\" : \"x\", \"topic\"~",
        "~{~           | ~\n{~",
      })
  void theSameInOtherBytesIsSeen(String text, String other) throws Exception {
    String whole = new String(written, StandardCharsets.UTF_8);
    assertThat(whole).contains(text);
    Files.write(file, text(whole.replace(text, other)));

    assertThatThrownBy(() -> Manifest.read(directory))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("manifest.json: damaged, its bytes are not those that were written");
  }

  @Test
  void itsSha256ElsewhereIsSeen() throws Exception {
    List<String> lines = Files.readAllLines(file);
    String digest = lines.remove(lines.size() - 2);
    lines.set(lines.size() - 2, lines.get(lines.size() - 2).replaceFirst(",$", ""));
    lines.add(1, digest + ",");

    refused(text(String.join("\n", lines) + "\n"), "moved");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void refused(byte[] bytes, String what) throws Exception {
    Files.write(file, bytes);
    assertThatThrownBy(() -> Manifest.read(directory))
        .as(what)
        .isInstanceOf(ArchiveException.class);
  }
}
