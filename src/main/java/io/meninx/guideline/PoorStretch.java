package io.meninx.guideline;

import io.meninx.fact.ClinicalAssessment;
import io.meninx.fact.PerformanceStatus;
import io.meninx.fact.Report;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The present poor stretch (S18, S19): KPS and life expectancy read together, from when either
 * began to make the group poor, as long as one or the other does; one may take over from the other
 * without a gap. Goes on from what it read before, as long as reports come behind that.
 */
final class PoorStretch {
  private final Parameters.Status limits;
  private int kpsRead;
  private int lifeRead;
  private long arrangement = -1;
  private boolean low;
  private boolean brief;
  private @Nullable Known<?> first;
  private long statedOn = Long.MAX_VALUE;

  PoorStretch(Parameters.Status limits) {
    this.limits = limits;
  }

  /** The report it began with; only while there is one. */
  String anchor() {
    Known<?> known = first;
    if (known == null) {
      throw new IllegalStateException("there is no poor stretch");
    }
    return known.id();
  }

  /** The day the first report was made of those that make it; never when there is none. */
  long statedOn() {
    return statedOn;
  }

  /** Reads what is known; the same as if everything were read from the first report on. */
  PoorStretch read(Picture picture) {
    List<Known<PerformanceStatus>> kps = picture.performance();
    List<Known<ClinicalAssessment>> life = picture.assessments(Statement.LIFE_EXPECTANCY);
    if (picture.arrangement() != arrangement || !isBehind(kps, life)) {
      arrangement = picture.arrangement();
      kpsRead = 0;
      lifeRead = 0;
      low = false;
      brief = false;
      ends();
    }
    while (kpsRead < kps.size() || lifeRead < life.size()) {
      if (lifeRead == life.size()
          || (kpsRead < kps.size() && !follows(kps.get(kpsRead), life.get(lifeRead)))) {
        read(kps.get(kpsRead++));
      } else {
        readLife(life.get(lifeRead++));
      }
    }
    return this;
  }

  /** Whether what is not read yet comes behind all that is. */
  private boolean isBehind(
      List<Known<PerformanceStatus>> kps, List<Known<ClinicalAssessment>> life) {
    return (kpsRead == kps.size()
            || lifeRead == 0
            || follows(kps.get(kpsRead), life.get(lifeRead - 1)))
        && (lifeRead == life.size()
            || kpsRead == 0
            || follows(life.get(lifeRead), kps.get(kpsRead - 1)));
  }

  private static boolean follows(Known<?> one, Known<?> other) {
    return Report.FOLD_ORDER.compare(one.report(), other.report()) > 0;
  }

  private void read(Known<PerformanceStatus> known) {
    if (known.fact().kps().isPresent()) {
      low = isLow(known.fact());
      goesOn(known, low ? known.statedOn(PerformanceStatus.class, this::isLow) : Long.MAX_VALUE);
    }
  }

  private void readLife(Known<ClinicalAssessment> known) {
    brief = isShort(known.fact());
    goesOn(known, brief ? known.statedOn(ClinicalAssessment.class, this::isShort) : Long.MAX_VALUE);
  }

  private void goesOn(Known<?> known, long stated) {
    if (!low && !brief) {
      ends();
      return;
    }
    if (first == null) {
      first = known;
    }
    statedOn = Math.min(statedOn, stated);
  }

  private void ends() {
    first = null;
    statedOn = Long.MAX_VALUE;
  }

  private boolean isLow(PerformanceStatus fact) {
    return fact.kps().isPresent() && fact.kps().getAsInt() < limits.poorBelowKps();
  }

  private boolean isShort(ClinicalAssessment fact) {
    return fact.lifeExpectancyDays().isPresent()
        && fact.lifeExpectancyDays().getAsInt() < limits.poorBelowDays();
  }
}
