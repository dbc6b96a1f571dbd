/** How many notifications reach people: the alert burden of a population, per patient and day. */
@NullMarked
package io.meninx.burden;

import org.jspecify.annotations.NullMarked;
