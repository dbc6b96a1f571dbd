package io.meninx.wire.registry;

import java.io.Serial;

/**
 * No registry answered in time, or it failed by its own fault (5xx, 429): transient, never a reason
 * to drop a record.
 */
public final class RegistryUnavailableException extends RegistryException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, and where. */
  public RegistryUnavailableException(String message) {
    super(message);
  }

  /** With what happened, and its cause. */
  public RegistryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
