/** What tests run on: brokers, the network between, other JVMs. */
@NullMarked
package io.meninx.testing;

import org.jspecify.annotations.NullMarked;
