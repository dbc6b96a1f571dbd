package io.meninx.service.topics;

import java.io.Serial;

/** The cluster does not answer, or refuses. */
public final class ClusterException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean away;

  ClusterException(String message, boolean away, Throwable cause) {
    super(message, cause);
    this.away = away;
  }

  /** Whether it did not answer, so that trying again may help. */
  public boolean away() {
    return away;
  }
}
