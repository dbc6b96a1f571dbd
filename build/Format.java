import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats, or checks the formatting of, every Java file a person wrote: one JVM, whatever the
 * number of files. The build starts it as a source file, with google-java-format on the class path.
 */
final class Format {

  private static final List<String> ROOTS = List.of("src/main/java", "src/test/java", "build");

  private Format() {}

  /** Takes one word, "check" or "write", and runs in the directory of the project. */
  public static void main(String[] args) throws Exception {
    boolean write = List.of(args).equals(List.of("write"));
    String[] mode = write ? new String[] {"--replace"} : new String[] {"--dry-run"};
    String[] command =
        Stream.concat(Stream.of(mode), javaFiles().map(Path::toString)).toArray(String[]::new);
    var unformatted = new StringWriter();
    var errors = new PrintWriter(System.err, true);
    int result =
        new Main(new PrintWriter(unformatted), errors, InputStream.nullInputStream())
            .format(command);
    errors.flush();
    if (!write && !unformatted.toString().isBlank()) {
      System.err.printf(
          "%sThese files are not formatted. This does it: mvn -q -Pformat validate%n", unformatted);
      result = 1;
    }
    System.exit(result);
  }

  private static Stream<Path> javaFiles() throws IOException {
    Stream.Builder<Path> files = Stream.builder();
    for (String root : ROOTS) {
      if (Files.isDirectory(Path.of(root))) {
        try (Stream<Path> below = Files.walk(Path.of(root))) {
          below.filter(path -> path.toString().endsWith(".java")).sorted().forEach(files);
        }
      }
    }
    return files.build();
  }
}
