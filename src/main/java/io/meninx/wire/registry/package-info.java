/**
 * The schema registry: a small client of Confluent's REST interface, and the wire format of every
 * record.
 *
 * <p>Confluent publishes its own client outside Maven Central, and no other complete one is there,
 * so this package is Meninx's own; it takes Confluent's setting names, so that an existing client
 * configuration fits as it is.
 */
@NullMarked
package io.meninx.wire.registry;

import org.jspecify.annotations.NullMarked;
