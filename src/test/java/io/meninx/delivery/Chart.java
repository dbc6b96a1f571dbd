package io.meninx.delivery;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chart, rendered by Helm's own library. */
final class Chart {
  static final Path DIRECTORY = Path.of("helm/meninx");
  static final String RELEASE = "r1";

  /** The oldest that the chart is for. */
  private static final String KUBERNETES = "1.27.0";

  private static final ObjectMapper YAML = new YAMLMapper();

  /** Knows every field of the types, and takes no other. */
  private static final ObjectMapper STRICT =
      YAMLMapper.builder()
          .annotationIntrospector(new NothingElse())
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Path directory;

  private Chart(Path directory) {
    this.directory = directory;
  }

  /** The types put fields that they do not know into a map; without it they are errors. */
  private static final class NothingElse extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated annotated) {
      return Boolean.FALSE;
    }
  }

  /** As it is; Helm keeps hooks apart, so what it renders is without them. */
  static Chart delivered() {
    return new Chart(DIRECTORY);
  }

  /** A copy whose hooks are resources like any other, so that they are rendered too. */
  static Chart withHooksShown(Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copy.resolve(DIRECTORY.relativize(file));
        Files.createDirectories(target.getParent());
        List<String> lines = Files.readAllLines(file);
        Files.write(target, lines.stream().filter(Chart::isKept).toList());
      }
    }
    return new Chart(copy);
  }

  /** Not the marks of hooks, nor the version that only {@code template} can be told. */
  private static boolean isKept(String line) {
    return !line.strip().startsWith("helm.sh/hook") && !line.startsWith("kubeVersion");
  }

  Helm helm() {
    return new Helm(directory);
  }

  /** Every manifest, with values of a file and more of them over it. */
  List<JsonNode> render(Path values, Map<String, String> more) throws IOException {
    return render(RELEASE, values, more);
  }

  /** The same of a release of this name. */
  List<JsonNode> render(String release, Path values, Map<String, String> more) throws IOException {
    TemplateCommand command =
        helm()
            .template()
            .withName(release)
            .withNamespace("n1")
            .withKubeVersion(KUBERNETES)
            .withValuesFile(values);
    more.forEach(command::set);
    return documents(command.call());
  }

  /** What an installation tells at its end. */
  String notes(Path values) {
    return helm()
        .install()
        .clientOnly()
        .dryRun()
        .withName(RELEASE)
        .withNamespace("n1")
        .withValuesFile(values)
        .call()
        .getOutput();
  }

  private static List<JsonNode> documents(String yaml) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> each = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (each.hasNext()) {
        JsonNode next = each.next();
        if (next.isObject()) {
          documents.add(next);
        }
      }
    }
    return documents;
  }

  /** As this type, which must have every field of it. */
  static <T> T as(JsonNode manifest, Class<T> type) throws IOException {
    return STRICT.readValue(YAML.writeValueAsString(manifest), type);
  }

  static JsonNode yaml(String text) throws IOException {
    return YAML.readTree(text);
  }
}
