/**
 * The audit: the journal of a partition once more, in order, through the pure core, and what came
 * of it beside what was recorded. No Kafka is in the path of a decision: a journal is read through
 * {@link io.meninx.replay.JournalSource}, wherever it lies.
 */
@NullMarked
package io.meninx.replay;

import org.jspecify.annotations.NullMarked;
