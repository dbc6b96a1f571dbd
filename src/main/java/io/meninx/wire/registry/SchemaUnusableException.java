package io.meninx.wire.registry;

import java.io.Serial;

/**
 * The registry knows the id, but what it names can't be used here: no Avro schema, or one with
 * references. The record that names it can never be read.
 */
public final class SchemaUnusableException extends RegistryException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, and where. */
  public SchemaUnusableException(String message) {
    super(message);
  }

  /** With what happened, and its cause. */
  public SchemaUnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
