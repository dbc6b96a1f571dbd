package io.meninx.fact;

import java.util.OptionalInt;

/**
 * Karnofsky performance status.
 *
 * @param header common header
 * @param kps 0 to 100 in tens
 * @param ecog kept, never converted (G3)
 */
public record PerformanceStatus(Header header, OptionalInt kps, OptionalInt ecog) implements Fact {
  public PerformanceStatus {
    kps.ifPresent(
        value -> {
          if (value < 0 || value > 100 || value % 10 != 0) {
            throw new IllegalArgumentException("kps must be a multiple of 10 in 0..100");
          }
        });
  }

  @Override
  public PerformanceStatus withHeader(Header other) {
    return new PerformanceStatus(other, kps, ecog);
  }
}
