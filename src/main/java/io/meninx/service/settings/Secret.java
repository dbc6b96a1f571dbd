package io.meninx.service.settings;

/**
 * A value that is never printed.
 *
 * @param value itself
 */
public record Secret(String value) {
  /** What stands in its place. */
  public static final String REDACTED = "[redacted]";

  @Override
  public String toString() {
    return REDACTED;
  }
}
