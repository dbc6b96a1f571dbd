package io.meninx.replay;

import java.util.Optional;
import java.util.PrimitiveIterator;

/** The input topics themselves, to compare the journal's offsets with. */
public interface InputTopics {
  /**
   * Offsets of the records of a topic, as a committed reader sees them.
   *
   * @param topic without prefix
   * @param partition of the topic
   * @param first smallest offset asked for
   * @param last largest offset asked for
   * @return empty when the topic is not there any more
   */
  Optional<Offsets> offsets(String topic, int partition, long first, long last);

  /**
   * What a topic still has.
   *
   * @param earliest offset from which on it still has records
   * @param offsets of records within what was asked for, ascending
   */
  record Offsets(long earliest, PrimitiveIterator.OfLong offsets) {}
}
