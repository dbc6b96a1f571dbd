/**
 * A synthetic population: patients whose work-up, treatment and course follow the published
 * frequencies of clinical-rules, with the faults of real messages. The same seed gives the same
 * facts; no clock and no drawn identifiers.
 */
@NullMarked
package io.meninx.simulate;

import org.jspecify.annotations.NullMarked;
