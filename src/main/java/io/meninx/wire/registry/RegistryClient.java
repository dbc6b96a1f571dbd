package io.meninx.wire.registry;

import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What reading and writing records, and setting up a deployment, needs of a schema registry. Ids
 * and schemas are answered from memory after the first success; a failure is never remembered.
 *
 * <p>Safe for use by several threads.
 */
public interface RegistryClient extends AutoCloseable {
  /**
   * The id under which records of a subject are written with this schema; registers it where that
   * is allowed.
   *
   * @param subject for instance {@code pathway-alerts-value}
   * @param schema as written to records; {@code avro.java.string} is not part of it
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry answered and will not have it: an operator must
   *     act
   */
  int idFor(String subject, Schema schema);

  /**
   * The schema a record was written with.
   *
   * @param id from the record's frame
   * @param subject of the record's topic
   * @throws SchemaNotFoundException there is no such schema: the record is poison
   * @throws SchemaUnusableException there is one that can't be used here: the record is poison
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry refuses to say: an operator must act
   */
  Schema schemaById(int id, String subject);

  /**
   * Whether the schema may become the next version of the subject, by the registry's own rules;
   * true for a subject that is not there yet.
   *
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry refuses to say: an operator must act
   */
  boolean compatible(String subject, Schema schema);

  /**
   * Number of the subject's newest version; absent for a subject that is not there yet.
   *
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry refuses to say: an operator must act
   */
  Optional<Integer> newestVersion(String subject);

  /**
   * How far versions of the subject may differ, by the registry's own name for it, such as {@code
   * FULL_TRANSITIVE}.
   *
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry refuses to say: an operator must act
   */
  String compatibilityLevel(String subject);

  /**
   * Sets how far versions of the subject may differ from now on, whether or not it is there yet.
   *
   * @throws RegistryUnavailableException no registry answered in time: try again
   * @throws RegistryRefusedException the registry will not have it: an operator must act
   */
  void setCompatibilityLevel(String subject, String level);

  /** Frees threads and connections. */
  @Override
  void close();
}
