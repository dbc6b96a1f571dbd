/**
 * The report of a replay for people: one HTML file that needs nothing else. Decides nothing, reads
 * no clock, and writes the same bytes for the same input.
 */
@NullMarked
package io.meninx.report;

import org.jspecify.annotations.NullMarked;
