package io.meninx.wire.registry;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** A registry within the process, for {@code play} and tests: nothing goes over a network. */
public final class InMemoryRegistryClient implements RegistryClient {
  private final SchemaCatalog catalog;

  /** The catalogue compares texts, which costs more than all else that is done for a record. */
  private final Map<Written, Integer> ids = new ConcurrentHashMap<>();

  /** With an empty catalogue. */
  public InMemoryRegistryClient() {
    this(new SchemaCatalog());
  }

  /** On this catalogue. */
  public InMemoryRegistryClient(SchemaCatalog catalog) {
    this.catalog = catalog;
  }

  private record Written(String subject, Schema schema) {}

  @Override
  public int idFor(String subject, Schema schema) {
    return ids.computeIfAbsent(
        new Written(subject, schema), it -> catalog.register(it.subject(), it.schema()).id());
  }

  @Override
  public Schema schemaById(int id, String subject) {
    return catalog
        .byId(id)
        .orElseThrow(() -> new SchemaNotFoundException("Schema " + id + " not found"));
  }

  @Override
  public boolean compatible(String subject, Schema schema) {
    return catalog.compatible(subject, schema);
  }

  @Override
  public Optional<Integer> newestVersion(String subject) {
    return catalog.latest(subject).map(SchemaCatalog.Version::version);
  }

  @Override
  public String compatibilityLevel(String subject) {
    return catalog.level(subject).name();
  }

  @Override
  public void setCompatibilityLevel(String subject, String level) {
    catalog.level(subject, SchemaCatalog.Level.valueOf(level));
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
