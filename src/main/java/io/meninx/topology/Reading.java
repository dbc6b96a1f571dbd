package io.meninx.topology;

import io.meninx.journal.Input;
import io.meninx.wire.PoisonReason;
import java.time.Duration;
import java.util.Optional;

/** What was understood of a record. */
sealed interface Reading {
  /**
   * An input.
   *
   * @param input fact or tick
   */
  record Understood(Input input) implements Reading {}

  /**
   * Nothing that can be kept, however often it is read.
   *
   * @param reason why
   * @param field path of the field at fault, never its value
   */
  record Poison(PoisonReason reason, Optional<String> field) implements Reading {}

  /**
   * A tick that no clock can have told: poison too.
   *
   * @param ahead of the time the record was received
   */
  record FutureTick(Duration ahead) implements Reading {}
}
