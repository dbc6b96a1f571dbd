/**
 * What {@code demo} and the tests run inside the process: a real single-node Kafka and a small
 * schema registry, both on free ports of the loopback interface, both gone without a trace when
 * closed.
 */
@NullMarked
package io.meninx.embedded;

import org.jspecify.annotations.NullMarked;
