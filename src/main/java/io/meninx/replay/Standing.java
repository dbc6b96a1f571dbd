package io.meninx.replay;

import io.meninx.guideline.Findings;
import io.meninx.pathway.PublicState;
import java.time.Instant;

/**
 * Where a patient stands at the end of a recomputation.
 *
 * @param at logical time then
 * @param state the public state
 * @param findings what the rules give at that time, with the reasons
 */
public record Standing(Instant at, PublicState state, Findings findings) {}
