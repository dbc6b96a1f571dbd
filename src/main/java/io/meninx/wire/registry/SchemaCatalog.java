package io.meninx.wire.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Schemas in memory, by the rules of a registry: the same text has the same id under every subject,
 * versions count up from 1 within a subject, and a version that breaks the subject's compatibility
 * is not taken. For {@code play}, {@code demo} and tests. Safe for use by several threads.
 */
public final class SchemaCatalog {
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<Schema> schemas = new ArrayList<>();
  private final TreeMap<String, List<Integer>> subjects = new TreeMap<>();
  private final Map<String, Level> levels = new HashMap<>();
  private Level globalLevel = Level.BACKWARD;

  /** An empty catalogue at level BACKWARD, as Confluent's registry starts. */
  public SchemaCatalog() {}

  /** How far versions of a subject may differ. */
  public enum Level {
    NONE,
    BACKWARD,
    BACKWARD_TRANSITIVE,
    FORWARD,
    FORWARD_TRANSITIVE,
    FULL,
    FULL_TRANSITIVE;

    boolean backward() {
      return name().startsWith("BACKWARD") || name().startsWith("FULL");
    }

    boolean forward() {
      return name().startsWith("FORWARD") || name().startsWith("FULL");
    }

    boolean transitive() {
      return name().endsWith("TRANSITIVE");
    }
  }

  /**
   * A schema under a subject.
   *
   * @param subject it is registered under
   * @param id of the text
   * @param version within the subject, from 1
   * @param schema itself
   */
  public record Version(String subject, int id, int version, Schema schema) {}

  /**
   * Registers a schema, or finds it.
   *
   * @throws RegistryRefusedException it is not compatible with the subject's versions
   */
  public synchronized Version register(String subject, Schema schema) {
    Optional<Version> known = find(subject, schema);
    if (known.isPresent()) {
      return known.get();
    }
    if (!compatible(subject, schema)) {
      throw new RegistryRefusedException(
          "Schema being registered is incompatible with an earlier schema for subject \""
              + subject
              + "\"");
    }
    int id = ids.computeIfAbsent(Schemas.canonicalText(schema), text -> store(schema));
    List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
    versions.add(id);
    return new Version(subject, id, versions.size(), schema);
  }

  /** Whether the schema could be the next version of the subject. */
  public synchronized boolean compatible(String subject, Schema schema) {
    Level level = level(subject);
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    List<Integer> compared =
        level.transitive() || versions.isEmpty() ? versions : List.of(versions.getLast());
    return compared.stream().allMatch(id -> fits(level, schema, schemas.get(id - 1)));
  }

  /** Whether the schema fits one version of the subject by the subject's level. */
  public synchronized boolean compatibleWith(Version version, Schema schema) {
    return fits(level(version.subject()), schema, version.schema());
  }

  /** The version of a subject that has exactly this schema. */
  public synchronized Optional<Version> find(String subject, Schema schema) {
    Integer id = ids.get(Schemas.canonicalText(schema));
    int index = id == null ? -1 : subjects.getOrDefault(subject, List.of()).indexOf(id);
    return index < 0 ? Optional.empty() : version(subject, index + 1);
  }

  /** The schema with an id. */
  public synchronized Optional<Schema> byId(int id) {
    return id < 1 || id > schemas.size() ? Optional.empty() : Optional.of(schemas.get(id - 1));
  }

  /** A version of a subject, from 1. */
  public synchronized Optional<Version> version(String subject, int version) {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    if (version < 1 || version > versions.size()) {
      return Optional.empty();
    }
    int id = versions.get(version - 1);
    return Optional.of(new Version(subject, id, version, schemas.get(id - 1)));
  }

  /** The newest version of a subject. */
  public synchronized Optional<Version> latest(String subject) {
    return version(subject, versionCount(subject));
  }

  /** How many versions a subject has; 0 when there is none with this name. */
  public synchronized int versionCount(String subject) {
    return subjects.getOrDefault(subject, List.of()).size();
  }

  /** Names of all subjects, sorted. */
  public synchronized List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** The level of a subject, its own or the global one. */
  public synchronized Level level(String subject) {
    return levels.getOrDefault(subject, globalLevel);
  }

  /** The level of subjects without one of their own. */
  public synchronized Level globalLevel() {
    return globalLevel;
  }

  /** Sets the level of subjects without one of their own. */
  public synchronized void globalLevel(Level level) {
    globalLevel = level;
  }

  /** Sets the level of a subject. */
  public synchronized void level(String subject, Level level) {
    levels.put(subject, level);
  }

  private int store(Schema schema) {
    schemas.add(Schemas.canonical(schema));
    return schemas.size();
  }

  private static boolean fits(Level level, Schema next, Schema before) {
    return (!level.backward() || reads(next, before)) && (!level.forward() || reads(before, next));
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }
}
