package io.meninx.wire.registry;

import java.io.Serial;

/** The registry has no schema with this id: the record that names it can never be read. */
public final class SchemaNotFoundException extends RegistryException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, and where. */
  public SchemaNotFoundException(String message) {
    super(message);
  }

  /** With what happened, and its cause. */
  public SchemaNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
