/** What topics, the group and the registered schemas have to be, made and checked. */
@NullMarked
package io.meninx.service.topics;

import org.jspecify.annotations.NullMarked;
