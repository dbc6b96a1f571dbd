package io.meninx.service.metrics;

import io.meninx.guideline.AlertStage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Stages of alerts as tags. */
final class AlertKinds {
  /** Every stage, and none. */
  static final List<Optional<AlertStage>> STAGES =
      Stream.concat(
              Stream.of(Optional.<AlertStage>empty()),
              Stream.of(AlertStage.values()).map(Optional::of))
          .toList();

  private AlertKinds() {}

  static String tag(Optional<AlertStage> stage) {
    return stage.map(AlertStage::name).orElse("NONE");
  }
}
