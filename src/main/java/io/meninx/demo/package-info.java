/**
 * The demonstration: all cases on one clock, through a real Kafka inside the process, on a screen
 * for a person to look at.
 */
@NullMarked
package io.meninx.demo;

import org.jspecify.annotations.NullMarked;
