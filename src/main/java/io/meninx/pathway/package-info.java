/**
 * The pathway of a patient: compares findings with what stood before and makes events and alert
 * revisions of the difference. The life of an alert is here and nowhere else.
 *
 * <p>Part of the pure core: no Kafka, Avro, clock, random, file or logger is imported here
 * (invariant 1).
 */
@NullMarked
package io.meninx.pathway;

import org.jspecify.annotations.NullMarked;
