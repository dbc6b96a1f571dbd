/**
 * Documents generated from the code, the tests and the case files, so that they can't lie for long:
 * the build compares them.
 */
@NullMarked
package io.meninx.docs;

import org.jspecify.annotations.NullMarked;
