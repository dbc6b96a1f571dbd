/**
 * Case files: the timeline of one patient as a clinician writes it down (contract section 6), in
 * what order and when its facts arrive, and what the pathway decided on it.
 */
@NullMarked
package io.meninx.casefile;

import org.jspecify.annotations.NullMarked;
