package io.meninx.wire.registry;

import java.io.Serial;

/** What can go wrong with the registry: each kind asks for something else of the caller. */
public abstract sealed class RegistryException extends RuntimeException
    permits RegistryUnavailableException,
        RegistryRefusedException,
        SchemaNotFoundException,
        SchemaUnusableException {
  @Serial private static final long serialVersionUID = 1L;

  RegistryException(String message) {
    super(message);
  }

  RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
