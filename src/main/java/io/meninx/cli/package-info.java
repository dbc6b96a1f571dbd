/** The command line: one class for each command, and the place where they are listed. */
@NullMarked
package io.meninx.cli;

import org.jspecify.annotations.NullMarked;
