package io.meninx.readmodel;

import io.meninx.guideline.Recommendation;
import io.meninx.pathway.PathwayEvent;
import io.meninx.pathway.PublicState;
import io.meninx.wire.OutputReader.Pathway;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** What an event is about: there is one newest event about each thing of a patient. */
final class Thing {
  private Thing() {}

  /**
   * Its name; none for an event about a report. A response is one: the state does not say which
   * stands, and no event tells that it does no longer.
   */
  static Optional<String> of(PathwayEvent event) {
    return switch (event.type()) {
      case CLASSIFICATION_CHANGED, STATUS_GROUP_CHANGED, STAGE_CHANGED ->
          Optional.of(event.type().name());
      case RECOMMENDATION_ISSUED, RECOMMENDATION_WITHDRAWN ->
          Optional.of("recommendation " + event.code() + " " + event.gap().orElse(""));
      case CONTRAINDICATION_RAISED, CONTRAINDICATION_LIFTED ->
          Optional.of("contraindication " + event.code());
      case SCHEDULE_ISSUED, SCHEDULE_CHANGED -> Optional.of("schedule " + event.code());
      case FACT_SUPERSEDED, FACT_WITHDRAWN, RESPONSE_ASSESSED -> Optional.empty();
    };
  }

  /**
   * Whether what the event says stands in the state. The topics are read in no order: an event may
   * be newer than the state, and then says nothing of it.
   */
  static boolean stands(PathwayEvent event, Pathway pathway) {
    PublicState state = pathway.state();
    if (event.at().isAfter(pathway.at())) {
      return false;
    }
    return switch (event.type()) {
      case CLASSIFICATION_CHANGED, STATUS_GROUP_CHANGED, STAGE_CHANGED -> true;
      case RECOMMENDATION_ISSUED ->
          state.recommendations().stream().anyMatch(standing -> isAbout(event, standing));
      case CONTRAINDICATION_RAISED ->
          state.contraindications().stream()
              .anyMatch(standing -> standing.name().equals(event.code()));
      case SCHEDULE_ISSUED, SCHEDULE_CHANGED ->
          state.schedules().stream()
              .anyMatch(standing -> standing.code().name().equals(event.code()));
      case RECOMMENDATION_WITHDRAWN,
          CONTRAINDICATION_LIFTED,
          FACT_SUPERSEDED,
          FACT_WITHDRAWN,
          RESPONSE_ASSESSED ->
          false;
    };
  }

  private static boolean isAbout(PathwayEvent event, Recommendation standing) {
    return standing.code().name().equals(event.code()) && standing.gap().equals(event.gap());
  }

  /**
   * Where the newest event about a thing is.
   *
   * @param at logical time of the event
   * @param offset of its record
   * @param time of the record, ms since 1970
   */
  record Place(Instant at, long offset, long time) {
    static Place of(byte[] row) {
      ByteBuffer from = ByteBuffer.wrap(row);
      return new Place(Rows.instant(from.getLong()), from.getLong(), from.getLong());
    }

    byte[] bytes() {
      return ByteBuffer.allocate(3 * Long.BYTES)
          .putLong(Rows.micros(at))
          .putLong(offset)
          .putLong(time)
          .array();
    }
  }
}
