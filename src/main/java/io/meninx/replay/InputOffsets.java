package io.meninx.replay;

import java.util.Optional;

/**
 * The sum over one input topic-partition: every offset once, in ascending order. Offsets may have
 * gaps, since markers and aborted records of transactions take some; whether a gap is one of those
 * only the topic itself can tell.
 *
 * @param topic without prefix
 * @param partition of the topic
 * @param first smallest offset in the journal
 * @param last largest offset in the journal
 * @param count offsets in the journal
 * @param inTopic records in the topic from first to last that the topic still has, when it was
 *     compared
 */
public record InputOffsets(
    String topic, int partition, long first, long last, long count, Optional<Long> inTopic) {}
