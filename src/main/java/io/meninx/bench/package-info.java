/**
 * Measures Meninx on the machine it runs on: every row of the table is a ratio of two things done
 * one after the other in the same run, over several rounds, with what the time went to.
 */
@NullMarked
package io.meninx.bench;

import org.jspecify.annotations.NullMarked;
