/**
 * The service: starts the stream on a cluster, watches it, answers about it, and stops it in order.
 */
@NullMarked
package io.meninx.service;

import org.jspecify.annotations.NullMarked;
