/**
 * The guideline: vocabularies, parameters and rules that turn what is known about a patient into
 * findings.
 *
 * <p>Part of the pure core: no Kafka, Avro, clock, random, file or logger is imported here
 * (invariant 1).
 */
@NullMarked
package io.meninx.guideline;

import org.jspecify.annotations.NullMarked;
