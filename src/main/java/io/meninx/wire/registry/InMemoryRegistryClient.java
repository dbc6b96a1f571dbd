package io.meninx.wire.registry;

import org.apache.avro.Schema;

/** A registry within the process, for {@code play} and tests: nothing goes over a network. */
public final class InMemoryRegistryClient implements RegistryClient {
  private final SchemaCatalog catalog;

  /** With an empty catalogue. */
  public InMemoryRegistryClient() {
    this(new SchemaCatalog());
  }

  /** On this catalogue. */
  public InMemoryRegistryClient(SchemaCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public int idFor(String subject, Schema schema) {
    return catalog.register(subject, schema).id();
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
  public void close() {
    // Nothing is held.
  }
}
