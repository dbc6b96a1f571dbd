/**
 * Decisions in words a clinician can check: what, since when, by which rule, on which facts, and
 * what is missing.
 */
@NullMarked
package io.meninx.explain;

import org.jspecify.annotations.NullMarked;
