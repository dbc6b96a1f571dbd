/**
 * The journal outside of Kafka: Avro object container files that any Avro tool reads, with a
 * manifest that says what has to be there.
 */
@NullMarked
package io.meninx.archive;

import org.jspecify.annotations.NullMarked;
