package io.meninx.deadletter;

import io.meninx.wire.Topic;
import io.meninx.wire.Topic.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a dead letter: the coordinates of its input. Every input offset has one dead letter at the
 * most, so this is what "the same dead letter" means.
 *
 * @param topic of the input
 * @param partition of the input
 * @param offset of the input
 */
public record LetterId(Topic topic, int partition, long offset) {
  private static final Pattern FORM = Pattern.compile("([a-z-]{1,64}):(\\d{1,9}):(\\d{1,18})");

  /** Reads {@code TOPIC:PARTITION:OFFSET}, the topic without the prefix; absent when it is none. */
  public static Optional<LetterId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? of(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)))
        : Optional.empty();
  }

  static Optional<LetterId> parse(byte[] utf8) {
    return parse(new String(utf8, StandardCharsets.UTF_8));
  }

  /** With the name of a topic; absent when no input is called so. */
  static Optional<LetterId> of(String topic, int partition, long offset) {
    return Topic.of("", topic)
        .filter(known -> known.direction() == Direction.INPUT)
        .map(known -> new LetterId(known, partition, offset));
  }

  byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /** {@code TOPIC:PARTITION:OFFSET}, as {@code run --skip} takes it. */
  @Override
  public String toString() {
    return topic.baseName() + ":" + partition + ":" + offset;
  }
}
