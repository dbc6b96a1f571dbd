/** Tests of what is delivered: the image, the compose file, the chart. */
@NullMarked
package io.meninx.delivery;

import org.jspecify.annotations.NullMarked;
