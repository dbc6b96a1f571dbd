/**
 * The fault harness: {@code run} as processes on real brokers, traffic from {@code simulate},
 * faults while it runs, and then the comparison of everything that was committed with what should
 * have been.
 */
@NullMarked
package io.meninx.faults;

import org.jspecify.annotations.NullMarked;
