/** What the service counts and measures, in Prometheus' format. */
@NullMarked
package io.meninx.service.metrics;

import org.jspecify.annotations.NullMarked;
