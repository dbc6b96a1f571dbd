package io.meninx.simulate;

import io.meninx.fact.Fact;
import java.time.Instant;

/**
 * A fact on its way in.
 *
 * @param at record time: when it arrives
 * @param fact what arrives; equal to an earlier one when the message is sent again
 */
public record Arrival(Instant at, Fact fact) {}
