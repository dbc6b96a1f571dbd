package io.meninx.topology;

import java.time.Instant;
import java.util.Optional;

/**
 * An input that is kept until it can be decided: it came before the first tick, or behind such
 * ones.
 *
 * @param sequence of its own journal entry
 * @param at logical time when it came; absent before the first tick, which then is its time
 * @param input untouched
 */
record HeldInput(long sequence, Optional<Instant> at, InputRecord input) {}
