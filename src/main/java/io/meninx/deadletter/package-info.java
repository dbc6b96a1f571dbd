/**
 * Dead letters in the hands of an operator: found, shown redacted, sent back or discarded, each
 * once and for all.
 */
@NullMarked
package io.meninx.deadletter;

import org.jspecify.annotations.NullMarked;
