/**
 * What is known about a patient: immutable facts as they were reported, their versions and which
 * version is current.
 *
 * <p>Part of the pure core: no Kafka, Avro, clock, random, file or logger is imported here
 * (invariant 1).
 */
@NullMarked
package io.meninx.fact;

import org.jspecify.annotations.NullMarked;
