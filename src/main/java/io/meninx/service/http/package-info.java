/** The HTTP server of the service; what it answers comes in parts. */
@NullMarked
package io.meninx.service.http;

import org.jspecify.annotations.NullMarked;
