package io.meninx.deadletter;

import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which dead letters: those to which all of this applies. What is empty or absent says nothing.
 *
 * @param ids these
 * @param reasons with one of these reason codes
 * @param kinds of one of these classes
 * @param topics from one of these
 * @param partition of the input
 * @param firstOffset of the input, inclusive
 * @param lastOffset of the input, inclusive
 * @param since received at this time or later
 * @param until received before this time
 * @param states what became of them
 */
public record Selection(
    Set<LetterId> ids,
    Set<PoisonReason> reasons,
    Set<PoisonReason.Kind> kinds,
    Set<Topic> topics,
    OptionalInt partition,
    OptionalLong firstOffset,
    OptionalLong lastOffset,
    Optional<Instant> since,
    Optional<Instant> until,
    Set<Letter.State> states) {

  /** All there are. */
  public static final Selection ALL =
      new Selection(
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          OptionalInt.empty(),
          OptionalLong.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  public Selection {
    ids = Set.copyOf(ids);
    reasons = Set.copyOf(reasons);
    kinds = Set.copyOf(kinds);
    topics = Set.copyOf(topics);
    states = Set.copyOf(states);
  }

  /** Only these. */
  public static Selection of(Set<LetterId> ids) {
    return new Selection(
        ids,
        Set.of(),
        Set.of(),
        Set.of(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of());
  }

  /** The same, whatever became of them. */
  public Selection inAnyState() {
    return new Selection(
        ids, reasons, kinds, topics, partition, firstOffset, lastOffset, since, until, Set.of());
  }

  /** Whether it names anything at all, states apart. */
  public boolean narrows() {
    return !inAnyState().equals(ALL);
  }

  boolean matches(Letter letter) {
    LetterId id = letter.id();
    Optional<PoisonReason> reason = PoisonReason.of(letter.content().reason());
    Instant received = letter.content().recordTimestamp();
    return among(ids, id)
        && (reasons.isEmpty() || reason.filter(reasons::contains).isPresent())
        && (kinds.isEmpty() || reason.map(PoisonReason::kind).filter(kinds::contains).isPresent())
        && among(topics, id.topic())
        && (partition.isEmpty() || partition.getAsInt() == id.partition())
        && (firstOffset.isEmpty() || firstOffset.getAsLong() <= id.offset())
        && (lastOffset.isEmpty() || lastOffset.getAsLong() >= id.offset())
        && since.filter(received::isBefore).isEmpty()
        && (until.isEmpty() || received.isBefore(until.get()))
        && among(states, letter.state());
  }

  private static <T> boolean among(Set<T> wanted, T value) {
    return wanted.isEmpty() || wanted.contains(value);
  }
}
