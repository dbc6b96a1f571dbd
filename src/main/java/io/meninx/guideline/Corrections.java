package io.meninx.guideline;

import io.meninx.fact.CsfResult;
import io.meninx.fact.CsfResult.Cytology;
import io.meninx.fact.Fact;
import io.meninx.fact.Report;
import io.meninx.fact.ReportDifference;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent.Modality;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds treatments whose basis changed (G46-G48): given between the reportedAt of a superseded or
 * withdrawn version and that of its successor, where classification, status group, eligibility or a
 * contraindication differs between the two. Both are judged by what was known when the successor
 * was reported.
 */
final class Corrections {
  private final GuidelineRules rules;
  private final Duration told;
  private final List<Report> reports;
  private @Nullable Picture picture;

  /**
   * Of a patient.
   *
   * @param reports every one, in fold order
   */
  Corrections(GuidelineRules rules, Parameters parameters, List<Report> reports) {
    this.rules = rules;
    this.told = Duration.ofDays(parameters.alerts().pastActDays());
    this.reports = reports;
  }

  /**
   * All corrections still worth telling at this moment, and those before them in an unbroken chain:
   * the first of it is what the alert is about.
   */
  List<Correction> at(Instant now) {
    List<Change> changes = changes();
    SortedMap<Integer, Correction> found = new TreeMap<>();
    Optional<Instant> earliest = Optional.empty();
    for (int at : latestFirst(changes)) {
      Change change = changes.get(at);
      Instant end = change.to().plus(told);
      boolean chained = earliest.filter(next -> !end.isBefore(next)).isPresent();
      if (!end.isAfter(now) && !chained) {
        break;
      }
      Optional<Correction> correction = compare(change);
      if (correction.isPresent()) {
        found.put(at, correction.get());
        earliest = Optional.of(change.to());
      }
    }
    return List.copyOf(found.values());
  }

  private static List<Integer> latestFirst(List<Change> changes) {
    return IntStream.range(0, changes.size())
        .boxed()
        .sorted(Comparator.comparing((Integer at) -> changes.get(at).to()).reversed())
        .toList();
  }

  /**
   * Whether there may be any: whether a treatment was given between versions of which one replaced
   * the other. Reports that are known to have several versions, and treatments, are enough for it.
   */
  boolean possible(Instant now) {
    for (Change change : changes()) {
      if (change.to().plus(told).isAfter(now) && !actsBetween(change).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A version that counted, and the one that took its place.
   *
   * @param successor number of that one among the versions
   */
  private record Change(Report report, List<StoredFact> versions, int successor) {
    Instant from() {
      return versions.get(successor - 1).fact().header().reportedAt();
    }

    Instant to() {
      return versions.get(successor).fact().header().reportedAt();
    }
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>(0);
    for (Report report : reports) {
      if (report.earlier().isEmpty()) {
        continue;
      }
      List<StoredFact> versions = report.versions();
      for (int i = 1; i < versions.size(); i++) {
        if (versions.get(i - 1).fact().header().status().counts()) {
          changes.add(new Change(report, versions, i));
        }
      }
    }
    return changes;
  }

  private Optional<Correction> compare(Change change) {
    Report report = change.report();
    List<StoredFact> versions = change.versions();
    int successor = change.successor();
    Instant then = change.to();
    List<Act> between = actsBetween(change);
    if (between.isEmpty()) {
      return Optional.empty();
    }
    ReportList others =
        ReportList.copyOf(
            Picture.knownVersions(
                reports.stream()
                    .filter(other -> !other.current().fact().sameReport(report.current().fact()))
                    .toList(),
                header -> !header.reportedAt().isAfter(then)));
    ReportList old = others.with(Report.of(versions.subList(0, successor)));
    ReportList corrected = others.with(Report.of(versions.subList(0, successor + 1)));
    Evaluation basis = rules.basis(old);
    Findings one = basis.at(List.of(), then);
    if (!basis.become(ReportDifference.between(old, corrected), corrected)) {
      basis = rules.basis(corrected);
    }
    Findings two = basis.at(List.of(), then);
    List<String> differs = differences(one, two);
    if (differs.isEmpty()) {
      return Optional.empty();
    }
    Set<ContraindicationCode> added = new java.util.TreeSet<>(two.contraindications().keySet());
    added.removeAll(one.contraindications().keySet());
    return Optional.of(
        new Correction(
            report.header().reportId(),
            then,
            gap(versions.get(successor - 1).fact(), versions.get(successor).fact(), between),
            !added.isEmpty(),
            differs,
            between.stream().map(Act::id).toList()));
  }

  /**
   * Treatments started or given after the one version was reported and not after its successor was.
   */
  private List<Act> actsBetween(Change change) {
    Picture known = picture;
    if (known == null) {
      known = rules.picture(reports);
      picture = known;
    }
    List<Act> between = new ArrayList<>();
    for (Act act : known.acts()) {
      boolean after = act.known().observed().knew(change.from());
      boolean before = !act.known().observed().instant().isAfter(change.to());
      if (act.given() && act.treats() && after && before && !known.isHistory(act.known())) {
        between.add(act);
      }
    }
    return between;
  }

  private static List<String> differences(Findings one, Findings two) {
    List<String> differs = new ArrayList<>();
    if (one.classification().type() != two.classification().type()
        || one.classification().certainty() != two.classification().certainty()) {
      differs.add("CLASSIFICATION");
    }
    if (one.statusGroup().value() != two.statusGroup().value()) {
      differs.add("STATUS_GROUP");
    }
    Recommendation eligible =
        new Recommendation(RecommendationCode.INTRATHECAL_ELIGIBLE, Optional.empty());
    if (one.recommendations().containsKey(eligible)
        != two.recommendations().containsKey(eligible)) {
      differs.add("ELIGIBILITY");
    }
    if (!one.contraindications().keySet().equals(two.contraindications().keySet())) {
      differs.add("CONTRAINDICATION");
    }
    return differs;
  }

  private static String gap(Fact before, Fact after, List<Act> between) {
    Cytology was = cytology(before);
    Cytology is = cytology(after);
    boolean intrathecal = between.stream().anyMatch(act -> act.is(Modality.INTRATHECAL));
    if (was == Cytology.POSITIVE && is != Cytology.POSITIVE && intrathecal) {
      return "G47";
    }
    if (was == Cytology.NEGATIVE && is == Cytology.POSITIVE) {
      return "G48";
    }
    return "G46";
  }

  /** Cytology that counts; a withdrawn or cancelled version says nothing. */
  private static Cytology cytology(Fact fact) {
    return fact instanceof CsfResult csf && fact.header().status().counts()
        ? csf.cytology()
        : Cytology.UNKNOWN;
  }
}
