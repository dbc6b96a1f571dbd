package io.meninx.guideline;

import io.meninx.fact.ImagingReport;
import io.meninx.fact.ImagingReport.Region;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Coverage of the neuroaxis by MRI (S3, S34). Parts at most 14 days apart add up (G51).
 *
 * @param lastAdequateDay day of the newest examination that satisfies S3
 * @param evidence parts of the newest examination
 * @param missing what the newest examination lacks
 * @param uncovered regions the newest examination lacks
 */
public record Neuroaxis(
    Optional<Long> lastAdequateDay,
    List<Evidence> evidence,
    List<String> missing,
    Set<Region> uncovered) {

  static Neuroaxis of(Picture picture, Parameters parameters) {
    List<Known<ImagingReport>> parts = mri(picture.imaging(), _ -> true);
    Optional<Long> adequate = Optional.empty();
    for (int last = 0; last < parts.size(); last++) {
      List<Known<ImagingReport>> examination = examination(parts, last, parameters);
      if (uncovered(examination, parameters, true).isEmpty()) {
        adequate = Optional.of(parts.get(last).day());
      }
    }
    if (parts.isEmpty()) {
      return new Neuroaxis(adequate, List.of(), List.of("IMAGING.regions"), ImagingAxis.NEUROAXIS);
    }
    List<Known<ImagingReport>> newest = examination(parts, parts.size() - 1, parameters);
    return new Neuroaxis(
        adequate,
        newest.stream().map(Neuroaxis::evidence).toList(),
        missing(newest, parameters),
        uncovered(newest, parameters, false));
  }

  /**
   * Days of examinations after T0 that covered brain and whole spine, whatever their technique,
   * oldest first. A part from before T0 belongs to the baseline, not to the follow-up (S34), and
   * one that completed an examination to that and not to the next.
   */
  static List<Long> completeDaysAfter(Act start, Picture picture, Parameters parameters) {
    List<Known<ImagingReport>> parts = mri(picture.imaging(), known -> start.day() < known.day());
    List<Long> complete = new ArrayList<>();
    int first = 0;
    for (int last = 0; last < parts.size(); last++) {
      if (isComplete(parts.subList(first, last + 1), last - first, parameters)) {
        complete.add(parts.get(last).day());
        first = last + 1;
      }
    }
    return complete;
  }

  /**
   * Whether brain and whole spine were examined since something happened, whatever the technique.
   */
  static boolean completeSince(Known<?> event, Picture picture, Parameters parameters) {
    List<Known<ImagingReport>> parts = mri(picture.imaging(), known -> !known.before(event));
    for (int last = parts.size() - 1; last >= 0; last--) {
      if (isComplete(parts, last, parameters)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Day on which the last examination of brain and whole spine began: one is complete since
   * everything clearly before it. None was when this is {@link Long#MIN_VALUE}.
   *
   * @param imaging reports, oldest first
   */
  public static long lastCompleteFrom(List<Known<ImagingReport>> imaging, Parameters parameters) {
    List<Known<ImagingReport>> parts = mri(imaging, _ -> true);
    for (int last = parts.size() - 1; last >= 0; last--) {
      if (isComplete(parts, last, parameters)) {
        return examination(parts, last, parameters).getFirst().day();
      }
    }
    return Long.MIN_VALUE;
  }

  /**
   * Of the disease in the CNS: a scan of the chest or the abdomen says how the one outside it
   * responds. One that does not say where it looked is taken at its word.
   */
  public static boolean statesResponse(ImagingReport report) {
    return report.response() != ImagingReport.Response.UNKNOWN
        && (report.regions().isEmpty() || looksAtNeuroaxis(report));
  }

  private static boolean looksAtNeuroaxis(ImagingReport report) {
    return report.regions().stream().anyMatch(ImagingAxis.NEUROAXIS::contains);
  }

  /** MRI of which any part of the neuroaxis may be one; not those of chest or abdomen alone. */
  private static List<Known<ImagingReport>> mri(
      List<Known<ImagingReport>> imaging, Predicate<Known<ImagingReport>> which) {
    List<Known<ImagingReport>> parts = new ArrayList<>();
    for (Known<ImagingReport> known : imaging) {
      boolean elsewhere = !known.fact().regions().isEmpty() && !looksAtNeuroaxis(known.fact());
      if (ImagingAxis.isMri(known.fact()) && !elsewhere && which.test(known)) {
        parts.add(known);
      }
    }
    return parts;
  }

  private static boolean isComplete(
      List<Known<ImagingReport>> parts, int last, Parameters parameters) {
    return uncovered(examination(parts, last, parameters), parameters, false).isEmpty();
  }

  private static List<Known<ImagingReport>> examination(
      List<Known<ImagingReport>> parts, int last, Parameters parameters) {
    long from = parts.get(last).day() - parameters.imaging().examinationDays();
    int first = last; // parts are in the order of their times
    while (first > 0 && parts.get(first - 1).day() >= from) {
      first--;
    }
    return parts.subList(first, last + 1);
  }

  private static EnumSet<Region> uncovered(
      List<Known<ImagingReport>> examination, Parameters parameters, boolean conforming) {
    EnumSet<Region> left = EnumSet.copyOf(ImagingAxis.NEUROAXIS);
    for (Known<ImagingReport> part : examination) {
      if (!conforming
          || (part.fact().contrast() == Tri.YES && conformingField(part.fact(), parameters))) {
        left.removeAll(part.fact().regions());
      }
    }
    return left;
  }

  private static boolean conformingField(ImagingReport report, Parameters parameters) {
    return parameters.imaging().fieldStrengthsTesla().contains(report.tesla());
  }

  private static List<String> missing(
      List<Known<ImagingReport>> examination, Parameters parameters) {
    Set<String> missing = new TreeSet<>();
    if (!uncovered(examination, parameters, false).isEmpty()) {
      missing.add("IMAGING.regions");
    }
    for (Known<ImagingReport> part : examination) {
      if (part.fact().contrast() != Tri.YES) {
        missing.add("IMAGING.contrast");
      }
      if (!conformingField(part.fact(), parameters)) {
        missing.add("IMAGING.tesla");
      }
    }
    return List.copyOf(missing);
  }

  private static Evidence evidence(Known<ImagingReport> part) {
    ImagingReport report = part.fact();
    StringBuilder value = new StringBuilder("MRI").append(ImagingAxis.where(report));
    value.append(", contrast=").append(report.contrast());
    if (!Double.isNaN(report.tesla())) {
      value.append(", tesla=").append(report.tesla());
    }
    return part.evidence(value.toString());
  }

  /** In words. */
  String says() {
    if (!uncovered.isEmpty()) {
      return "Neuroaxis MRI incomplete: missing "
          + String.join(
              ", ",
              uncovered.stream()
                  .map(region -> region.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                  .toList());
    }
    return "Neuroaxis MRI incomplete: contrast or field strength not conforming or not stated";
  }
}
