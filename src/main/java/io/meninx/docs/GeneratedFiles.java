package io.meninx.docs;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The documents that say what the code says: topology, topics, schemas, metrics and the AsyncAPI
 * document. None of them reads anything but this program, so the same program writes the same
 * bytes.
 */
public final class GeneratedFiles {
  private static final Path DIRECTORY = Path.of("topology-docs");

  /** The AsyncAPI document, which the build also puts into the jar. */
  public static final Path ASYNCAPI = DIRECTORY.resolve("asyncapi.yaml");

  private GeneratedFiles() {}

  /** Every file by its path from the root of the repository, in the order of the table. */
  public static Map<Path, String> all() {
    TopologyPicture picture = TopologyPicture.ofTheService();
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(DIRECTORY.resolve("topology.md"), picture.markdown());
    files.put(DIRECTORY.resolve("topology.svg"), picture.svg());
    files.put(DIRECTORY.resolve("topics.md"), TopicsDocument.markdown());
    files.put(DIRECTORY.resolve("schemas.md"), SchemasDocument.markdown());
    files.put(MetricsDocument.FILE, MetricsDocument.markdown());
    files.put(ASYNCAPI, AsyncApiDocument.yaml());
    return files;
  }
}
