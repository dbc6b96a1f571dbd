/**
 * The one topology, and what runs it: reads records, keeps the stores, lets the core decide, and
 * writes what was decided, once and in order. The same object runs in the test driver ({@code
 * play}) and on a cluster.
 */
@NullMarked
package io.meninx.topology;

import org.jspecify.annotations.NullMarked;
