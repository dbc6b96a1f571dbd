/**
 * What the service answers from: its own read_committed view of the output topics, on disk, apart
 * from the stores of the stream.
 */
@NullMarked
package io.meninx.readmodel;

import org.jspecify.annotations.NullMarked;
