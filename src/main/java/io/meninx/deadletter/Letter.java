package io.meninx.deadletter;

import io.meninx.wire.DeadLetter;
import io.meninx.wire.HandledLetter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A dead letter with what became of it.
 *
 * @param id its name
 * @param content what the stream wrote; its bytes may hold patient data
 * @param handled what an operator did; absent while it is open
 */
public record Letter(LetterId id, DeadLetter content, Optional<HandledLetter> handled) {
  /**
   * Header of a record that was sent back: the dead letter it was. A record that was sent back
   * several times has several, the first one first.
   */
  public static final String REPLAY_OF = "meninx-replay-of";

  /** What can be said of a dead letter. */
  public enum State {
    /** Nobody did anything yet. */
    OPEN,
    /** It was sent back. */
    REPLAYED,
    /** It will not be sent back. */
    DISCARDED
  }

  /** What became of it. */
  public State state() {
    return handled
        .map(
            done ->
                switch (done.action()) {
                  case REPLAYED -> State.REPLAYED;
                  case DISCARDED -> State.DISCARDED;
                })
        .orElse(State.OPEN);
  }

  /**
   * The dead letters this one was before, the first one first: each time it was sent back and came
   * to the same end. Empty for a record as its sender sent it.
   */
  public List<LetterId> earlier() {
    return content.headers().stream()
        .filter(header -> Objects.equals(header.name(), REPLAY_OF))
        .flatMap(header -> header.value().flatMap(LetterId::parse).stream())
        .toList();
  }

  /** Of key, value and headers together, bytes. */
  public long length() {
    return content
        .omitted()
        .map(DeadLetter.Omitted::length)
        .orElseGet(
            () ->
                (long) content.key().map(key -> key.length).orElse(0)
                    + content.value().map(value -> value.length).orElse(0));
  }
}
