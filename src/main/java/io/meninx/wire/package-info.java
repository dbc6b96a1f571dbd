/**
 * Between the core and the bytes: topics, frames, Avro mapping of inputs, outputs, journal and
 * state. Classes generated from schemas/ live in {@code io.meninx.wire.avro} and never leave this
 * package.
 */
@NullMarked
package io.meninx.wire;

import org.jspecify.annotations.NullMarked;
