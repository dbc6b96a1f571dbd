package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Flag;
import java.time.Instant;
import java.util.Optional;

/**
 * A fact as it became known. Its three times are never the same question: when it was so ({@code
 * fact.header().observedAt()}), when that was reported ({@code fact.header().reportedAt()}), and
 * when it became known here ({@link #receivedAt()}).
 *
 * @param position its entry in the journal
 * @param fact the version
 * @param receivedAt record time: when the broker took it
 * @param decidedAt logical time by which it was decided; absent while it is held until the first
 *     tick
 * @param disposition what became of it: DECIDED, or DUPLICATE, which changed nothing
 * @param flag why it was flagged as implausible although kept
 * @param replaces entry of the version of the same report that came before it, for corrections
 */
public record KnownFact(
    JournalPosition position,
    Fact fact,
    Instant receivedAt,
    Optional<Instant> decidedAt,
    Disposition disposition,
    Optional<Flag> flag,
    Optional<JournalPosition> replaces) {}
