package io.meninx.guideline;

import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.Tri;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What an imaging report states as there or not there. A yes counts whatever was looked at; a no
 * only where it could have been seen (contract section 3): a spine MRI does not clear the brain. A
 * report that does not say where it looked is taken at its word.
 */
enum ImagingSign {
  MASS_EFFECT(ImagingReport::massEffect, EnumSet.of(Region.BRAIN)),
  HYDROCEPHALUS(ImagingReport::hydrocephalus, EnumSet.of(Region.BRAIN)),
  CORD_COMPRESSION(
      ImagingReport::cordCompression,
      EnumSet.of(Region.CERVICAL_SPINE, Region.THORACIC_SPINE, Region.LUMBOSACRAL_SPINE)),
  LUNG_MASS(ImagingReport::lungMass, EnumSet.of(Region.CHEST));

  private final Function<ImagingReport, Tri> field;
  private final Set<Region> regions;

  ImagingSign(Function<ImagingReport, Tri> field, Set<Region> regions) {
    this.field = field;
    this.regions = regions;
  }

  /**
   * Where it stands: stated, and not found any more since in any of the regions it was seen in. A
   * no of the same day or minute may be the earlier examination, and ends nothing.
   *
   * @param first report of those that state it without a break
   * @param last of them
   */
  record Standing(Known<ImagingReport> first, Known<ImagingReport> last) {}

  /** Whether it is known to be there. */
  Optional<Standing> standing(Picture picture) {
    Standing standing = null;
    Map<Region, Known<ImagingReport>> where = new EnumMap<>(Region.class);
    for (Known<ImagingReport> known : picture.imaging()) {
      switch (field.apply(known.fact())) {
        case YES -> {
          Set<Region> seen = seenIn(known.fact());
          for (Region region : seen.isEmpty() ? regions : seen) { // it may be anywhere
            where.put(region, known);
          }
          standing = new Standing(standing == null ? known : standing.first(), known);
        }
        case NO -> {
          for (Region region : couldBeSeenIn(known.fact())) {
            where.computeIfPresent(region, (_, yes) -> yes.before(known) ? null : yes);
          }
          standing = where.isEmpty() ? null : standing;
        }
        case UNKNOWN -> {}
      }
    }
    return Optional.ofNullable(standing);
  }

  /** Whether any report that could tell says whether it is there. */
  boolean known(Picture picture) {
    return picture
        .lastImaging(
            fact ->
                switch (field.apply(fact)) {
                  case YES -> true;
                  case NO -> !couldBeSeenIn(fact).isEmpty();
                  case UNKNOWN -> false;
                })
        .isPresent();
  }

  /** A flow study follows a tracer and shows nothing else. */
  private Set<Region> couldBeSeenIn(ImagingReport report) {
    if (report.modality() == ImagingReport.Modality.CSF_FLOW_STUDY) {
      return Set.of();
    }
    return report.regions().isEmpty() ? regions : seenIn(report);
  }

  /** Regions looked at in which it could be seen. */
  private Set<Region> seenIn(ImagingReport report) {
    EnumSet<Region> seen = EnumSet.copyOf(regions);
    seen.retainAll(report.regions());
    return seen;
  }
}
