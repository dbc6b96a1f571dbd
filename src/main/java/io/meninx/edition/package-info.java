/**
 * Editions: versions of the guideline as YAML files, read into {@link
 * io.meninx.guideline.Guideline}. A file is used only when every key, type, range and relation in
 * it is right; all that is wrong with it is told at once.
 */
@NullMarked
package io.meninx.edition;

import org.jspecify.annotations.NullMarked;
