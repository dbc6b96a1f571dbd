package io.meninx.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What topology-docs says about settings is so. */
class SettingsDocumentTest {
  private static final Path DOCUMENT = Path.of("topology-docs/settings.md");

  @TempDir private Path directory;

  @Test
  void theTableHasEveryKeyAndNoOther() throws IOException {
    Set<String> documented =
        Files.readAllLines(DOCUMENT).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1])
            .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).containsExactlyElementsOf(new TreeSet<>(keys()));
  }

  /** Every section is asked for a key that it does not have, and tells those that it has. */
  private Set<String> keys() throws IOException {
    Path file = Files.writeString(directory.resolve("empty.yaml"), "x: 1\n");
    Set<String> keys = new TreeSet<>();
    Set<String> sections =
        Set.of("kafka", "topics", "stream", "http", "log", "engine", "cloudEvents");
    for (String section : Stream.concat(Stream.of(""), sections.stream()).toList()) {
      String text = section.isEmpty() ? "x: 1\n" : section + ": {x: 1}\n";
      try {
        ServiceSettings.load(Files.writeString(file, text), Map.of());
      } catch (SettingsException e) {
        String place = section.isEmpty() ? "x" : section + ".x";
        e.problems().stream()
            .filter(problem -> problem.path().equals(place))
            .flatMap(
                problem ->
                    Set.of(problem.reason().split("known here are ")[1].split(", ")).stream())
            .forEach(key -> keys.add(section.isEmpty() ? key : section + "." + key));
      }
    }
    keys.removeAll(sections);
    return keys;
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "sasl-ssl", "mtls"})
  void theExamplesAreInOrder(String name) throws IOException {
    Path secrets = Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(secrets.resolve("meninx-jaas"), "a.Module required password=\"s3cret\";\n");
    Files.writeString(secrets.resolve("meninx-registry"), "meninx:s3cret\n");
    String text =
        Files.readString(Path.of("topology-docs/examples/" + name + ".yaml"))
            .replace("file:/run/secrets", "file:" + secrets);

    ServiceSettings settings =
        ServiceSettings.load(
            Files.writeString(directory.resolve(name + ".yaml"), text), Map.of("HOSTNAME", "a"));

    assertThat(settings.warnings()).isEmpty();
    assertThat(settings.toString()).doesNotContain("s3cret");
  }
}
