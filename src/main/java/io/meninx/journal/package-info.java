/**
 * The audit log: what was read, what was decided on it, and the chain of hashes that shows nothing
 * was changed.
 *
 * <p>Pure: no Kafka, Avro, clock, random, file or logger is imported here.
 */
@NullMarked
package io.meninx.journal;

import org.jspecify.annotations.NullMarked;
