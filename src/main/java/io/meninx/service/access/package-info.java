/** Who may ask what over HTTP, and the log of who did. */
@NullMarked
package io.meninx.service.access;

import org.jspecify.annotations.NullMarked;
