package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.Report;
import io.meninx.fact.StoredFact;
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
 * @param disposition what became of it: DECIDED; DUPLICATE, which changed nothing; or, when it was
 *     held, DEAD_LETTER: it was put aside and never counted
 * @param flag why it was flagged as implausible although kept
 * @param replaces entry of the version of the same report that counted until it came
 * @param counts entry of the version of the same report that counted already when it came, and went
 *     on to: it is an older one, or less than a result
 */
public record KnownFact(
    JournalPosition position,
    Fact fact,
    Instant receivedAt,
    Optional<Instant> decidedAt,
    Disposition disposition,
    Optional<Flag> flag,
    Optional<JournalPosition> replaces,
    Optional<JournalPosition> counts) {

  /** As a version of a report is kept. */
  StoredFact stored() {
    return new StoredFact(fact, receivedAt);
  }

  /** The same when it was decided what became of it. */
  KnownFact became(Disposition became, Optional<Flag> flagged) {
    return new KnownFact(position, fact, receivedAt, decidedAt, became, flagged, replaces, counts);
  }

  /**
   * The same among the versions of its report.
   *
   * @param before the version that counted until it came
   */
  KnownFact after(KnownFact before) {
    boolean newer = Report.VERSION_ORDER.compare(before.stored(), stored()) < 0;
    Optional<JournalPosition> other = Optional.of(before.position);
    return new KnownFact(
        position,
        fact,
        receivedAt,
        decidedAt,
        disposition,
        flag,
        newer ? other : Optional.empty(),
        newer ? Optional.empty() : other);
  }
}
