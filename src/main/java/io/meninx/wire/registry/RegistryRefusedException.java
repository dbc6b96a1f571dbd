package io.meninx.wire.registry;

import java.io.Serial;

/**
 * The registry answered and refuses (no permission, incompatible schema, not a registry at all): an
 * operator must act. Never a property of one record, so never a dead letter.
 */
public final class RegistryRefusedException extends RegistryException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what happened, and where. */
  public RegistryRefusedException(String message) {
    super(message);
  }

  /** With what happened, and its cause. */
  public RegistryRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
