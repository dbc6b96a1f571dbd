package io.meninx.readmodel;

import io.meninx.guideline.Priority;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an alert stands in the indexes.
 *
 * @param patient whose it is
 * @param code of the alert
 * @param gap empty when it has none
 * @param revision the newest
 * @param open whether it is
 * @param priority of the newest revision
 * @param stage of the newest revision; empty when it has none
 * @param openedAt when it opened, last
 * @param at of the newest revision
 * @param waitsSince since when it waits for an answer at this priority; absent when it does not
 */
record Head(
    String patient,
    String code,
    String gap,
    int revision,
    boolean open,
    Priority priority,
    String stage,
    Instant openedAt,
    Instant at,
    Optional<Instant> waitsSince) {

  Slot slot() {
    return new Slot(code, gap);
  }

  byte[] bytes() {
    return new Rows.Key()
        .text(patient)
        .text(code)
        .text(gap)
        .text(priority.name())
        .text(stage)
        .number(revision)
        .number(open ? 1 : 0)
        .number(Rows.micros(openedAt))
        .number(Rows.micros(at))
        .number(waitsSince.isPresent() ? 1 : 0)
        .number(waitsSince.map(Rows::micros).orElse(0L))
        .bytes();
  }

  static Head of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    String patient = Rows.text(from);
    String code = Rows.text(from);
    String gap = Rows.text(from);
    Priority priority = Priority.valueOf(Rows.text(from));
    String stage = Rows.text(from);
    int revision = from.getInt();
    boolean open = from.getInt() == 1;
    Instant openedAt = Rows.instant(from.getLong() ^ Long.MIN_VALUE);
    Instant at = Rows.instant(from.getLong() ^ Long.MIN_VALUE);
    boolean waits = from.getInt() == 1;
    Instant since = Rows.instant(from.getLong() ^ Long.MIN_VALUE);
    return new Head(
        patient,
        code,
        gap,
        revision,
        open,
        priority,
        stage,
        openedAt,
        at,
        waits ? Optional.of(since) : Optional.empty());
  }
}
