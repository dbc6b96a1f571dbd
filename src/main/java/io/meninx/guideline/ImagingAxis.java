package io.meninx.guideline;

import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Modality;
import io.meninx.fact.ImagingReport.Pattern;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The MRI axis of the EANO-ESMO classification (contract section 4): the newest MRI examination
 * that determines it. Parts at most 14 days apart are one examination and add up (G51).
 *
 * @param letter what it says
 * @param parts the reports it rests on
 * @param missing what would determine it
 */
record ImagingAxis(Letter letter, List<Known<ImagingReport>> parts, List<String> missing) {

  /** The letter of the axis. */
  enum Letter {
    /** Linear. */
    A,
    /** Nodular. */
    B,
    /** Both. */
    C,
    /** Neither, shown by an examination that could have shown it. */
    D,
    /** Enhancement without a stated pattern. */
    POSITIVE_UNSPECIFIED,
    /** Not examined well enough to say. */
    UNKNOWN,
    /** Reports disagree (G51). */
    CONFLICT;

    boolean positive() {
      return this == A || this == B || this == C || this == POSITIVE_UNSPECIFIED;
    }
  }

  static final Set<Region> NEUROAXIS =
      EnumSet.of(
          Region.BRAIN, Region.CERVICAL_SPINE, Region.THORACIC_SPINE, Region.LUMBOSACRAL_SPINE);

  /**
   * Reads the axis.
   *
   * @param start of LM-directed treatment, if any: after it NONE and EQUIVOCAL are a response and
   *     leave the axis as it was
   */
  static ImagingAxis read(Picture picture, Parameters parameters, Optional<Act> start) {
    List<Known<ImagingReport>> parts = parts(picture, start);
    for (int last = parts.size() - 1; last >= 0; last--) {
      ImagingAxis axis = examination(parts, last, parameters, start);
      if (axis.letter != Letter.UNKNOWN) {
        return axis;
      }
    }
    return new ImagingAxis(Letter.UNKNOWN, parts, missingOf(parts));
  }

  /**
   * The axis as it was after each day of the present run, the newest first: going back from the one
   * that counts, as long as the condition holds. What determines nothing breaks no run, nor does a
   * part of an examination without the other parts of its day.
   *
   * @param start as for reading it
   */
  static List<ImagingAxis> run(
      Picture picture, Parameters parameters, Optional<Act> start, Predicate<Letter> holds) {
    List<Known<ImagingReport>> parts = parts(picture, start);
    List<ImagingAxis> run = new ArrayList<>();
    for (int last = parts.size() - 1; last >= 0; last--) {
      boolean moreOfDay =
          last + 1 < parts.size() && parts.get(last + 1).day() == parts.get(last).day();
      if (moreOfDay) {
        continue;
      }
      ImagingAxis axis = examination(parts, last, parameters, start);
      if (axis.letter == Letter.UNKNOWN) {
        continue;
      }
      if (!holds.test(axis.letter)) {
        break;
      }
      run.add(axis);
    }
    return run;
  }

  private static List<Known<ImagingReport>> parts(Picture picture, Optional<Act> start) {
    List<Known<ImagingReport>> parts = new ArrayList<>();
    for (Known<ImagingReport> known : picture.imaging()) {
      if (isPart(known.fact()) && !isResponse(known, start)) {
        parts.add(known);
      }
    }
    return parts;
  }

  /** The reports it rests on, as evidence. */
  List<Evidence> evidence() {
    return parts.stream().map(ImagingAxis::evidence).toList();
  }

  private static boolean isPart(ImagingReport report) {
    return switch (report.modality()) {
      case MRI -> report.pattern().positive() || report.pattern().negativeOrEquivocal();
      case UNKNOWN -> report.pattern().positive();
      case CT, PET_CT, CSF_FLOW_STUDY -> false;
    };
  }

  private static boolean isResponse(Known<ImagingReport> known, Optional<Act> start) {
    return start.isPresent()
        && known.fact().pattern().negativeOrEquivocal()
        && start.get().known().before(known);
  }

  /**
   * The examination that ends with the part at {@code last}: it and the parts of the 14 days
   * before.
   */
  private static ImagingAxis examination(
      List<Known<ImagingReport>> parts, int last, Parameters parameters, Optional<Act> start) {
    int days = parameters.imaging().examinationDays();
    List<Known<ImagingReport>> examination = since(parts, last, days);
    Optional<ImagingAxis> conflict =
        conflict(since(parts, last, 2 * days), examination, parameters, start);
    if (conflict.isPresent()) {
      return conflict.get();
    }
    Letter positive = positiveLetter(examination);
    if (positive != Letter.UNKNOWN) {
      return new ImagingAxis(
          positive,
          examination.stream().filter(part -> part.fact().pattern().positive()).toList(),
          positive == Letter.POSITIVE_UNSPECIFIED
              ? List.of("IMAGING.leptomeningealPattern")
              : List.of());
    }
    EnumSet<Region> shownNegative = EnumSet.noneOf(Region.class);
    for (Known<ImagingReport> part : examination) {
      if (part.fact().contrast() == Tri.YES) {
        shownNegative.addAll(part.fact().regions());
      }
    }
    Letter letter = shownNegative.containsAll(NEUROAXIS) ? Letter.D : Letter.UNKNOWN;
    return new ImagingAxis(letter, List.copyOf(examination), List.of());
  }

  /** The part at {@code last} and those of so many days before it. */
  private static List<Known<ImagingReport>> since(
      List<Known<ImagingReport>> parts, int last, int days) {
    int first = last;
    while (first > 0 && parts.get(first - 1).day() >= parts.get(last).day() - days) {
      first--;
    }
    return parts.subList(first, last + 1);
  }

  /**
   * Before treatment, positive against NONE on the same region within 14 days (G51), where at least
   * one of the two belongs to the examination: a further part does not reconcile them. A NONE that
   * could not have shown it (no contrast) is no contradiction.
   */
  private static Optional<ImagingAxis> conflict(
      List<Known<ImagingReport>> near,
      List<Known<ImagingReport>> examination,
      Parameters parameters,
      Optional<Act> start) {
    for (Known<ImagingReport> negative : near) {
      boolean couldShow =
          negative.fact().pattern() == Pattern.NONE && negative.fact().contrast() == Tri.YES;
      if (!couldShow) {
        continue;
      }
      for (Known<ImagingReport> positive : near) {
        boolean afterStart = start.isPresent() && start.get().known().before(positive);
        boolean concerns = examination.contains(negative) || examination.contains(positive);
        long apart = Math.abs(positive.day() - negative.day());
        if (concerns
            && positive.fact().pattern().positive()
            && !afterStart
            && apart <= parameters.imaging().examinationDays()
            && shareRegion(positive, negative)) {
          return Optional.of(
              new ImagingAxis(Letter.CONFLICT, List.of(negative, positive), List.of()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean shareRegion(Known<ImagingReport> one, Known<ImagingReport> other) {
    return one.fact().regions().stream().anyMatch(other.fact().regions()::contains);
  }

  /**
   * LINEAR with NODULAR of other regions is both; of the same region the two reports disagree, and
   * each only says that there is enhancement, unless a third one says BOTH there.
   */
  private static Letter positiveLetter(List<Known<ImagingReport>> examination) {
    boolean linear = false;
    boolean nodular = false;
    boolean any = false;
    for (Known<ImagingReport> part : examination) {
      Pattern pattern = part.fact().pattern();
      any |= pattern.positive();
      boolean disputed = examination.stream().anyMatch(other -> disagree(part, other));
      linear |= pattern == Pattern.BOTH || (pattern == Pattern.LINEAR && !disputed);
      nodular |= pattern == Pattern.BOTH || (pattern == Pattern.NODULAR && !disputed);
    }
    if (linear && nodular) {
      return Letter.C;
    }
    if (linear) {
      return Letter.A;
    }
    if (nodular) {
      return Letter.B;
    }
    return any ? Letter.POSITIVE_UNSPECIFIED : Letter.UNKNOWN;
  }

  /** LINEAR against NODULAR where both looked, or where neither says where it looked. */
  private static boolean disagree(Known<ImagingReport> one, Known<ImagingReport> other) {
    boolean kinds =
        (one.fact().pattern() == Pattern.LINEAR && other.fact().pattern() == Pattern.NODULAR)
            || (one.fact().pattern() == Pattern.NODULAR
                && other.fact().pattern() == Pattern.LINEAR);
    boolean unplaced = one.fact().regions().isEmpty() && other.fact().regions().isEmpty();
    return kinds && (unplaced || shareRegion(one, other));
  }

  private static List<String> missingOf(List<Known<ImagingReport>> parts) {
    if (parts.isEmpty()) {
      return List.of("IMAGING.leptomeningealPattern");
    }
    Set<String> missing = new TreeSet<>();
    EnumSet<Region> covered = EnumSet.noneOf(Region.class);
    boolean contrast = true;
    for (Known<ImagingReport> part : parts) {
      covered.addAll(part.fact().regions());
      contrast &= part.fact().contrast() == Tri.YES;
    }
    if (!covered.containsAll(NEUROAXIS)) {
      missing.add("IMAGING.regions");
    }
    if (!contrast) {
      missing.add("IMAGING.contrast");
    }
    return missing.isEmpty() ? List.of("IMAGING.leptomeningealPattern") : List.copyOf(missing);
  }

  static Evidence evidence(Known<ImagingReport> part) {
    return part.evidence("leptomeningealPattern=" + part.fact().pattern() + where(part.fact()));
  }

  static String where(ImagingReport report) {
    if (report.regions().isEmpty()) {
      return ", regions not stated";
    }
    StringBuilder where = new StringBuilder(", regions");
    char before = '=';
    for (Region region : report.regions()) {
      where.append(before).append(region.name());
      before = '+';
    }
    return where.toString();
  }

  /** Modality MRI, stated. */
  static boolean isMri(ImagingReport report) {
    return report.modality() == Modality.MRI;
  }

  /** Whether one clinical time is after another at the coarser precision. */
  static boolean after(ObservedAt one, ObservedAt other) {
    return Known.before(other, one);
  }
}
