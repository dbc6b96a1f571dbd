package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.ImagingReport;
import io.meninx.fact.Lists;
import io.meninx.fact.TreatmentEvent.Action;
import io.meninx.fact.TreatmentEvent.Modality;
import io.meninx.fact.Tri;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Systemic treatment by molecular profile (S1, S9-S12, G40, G42-G45). Classes only: never a dose,
 * never a switch.
 */
final class SystemicRules {
  private static final RuleRef EGFR = RuleRef.of("S10", "S9", "S1", "G42", "G45");
  private static final RuleRef ALK = RuleRef.of("S11", "S9", "S1", "G42", "G45");
  private static final RuleRef CHEMOTHERAPY = RuleRef.of("S12", "S9", "S1", "G41", "G42");
  private static final String NO_QUESTION = "no open question for the board";
  private static final RuleRef OPTION = RuleRef.of("S1");
  private static final RuleRef DRIVER_ON_CHEMOTHERAPY = RuleRef.of("G40");

  private final Evaluation e;
  private final Mdt mdt;

  SystemicRules(Evaluation evaluation, Mdt mdt) {
    this.e = evaluation;
    this.mdt = mdt;
  }

  /** The rules, in the parts that run together. */
  List<Runnable> rules() {
    return List.of(() -> classes(questions()), this::optionUnassessed, this::driverOnChemotherapy);
  }

  // ------------------------------------------------------------------ S10-S12

  private void classes(boolean boardDecides) {
    Tri noQuestion = Tri.of(!boardDecides);
    e.recommend(
        RecommendationCode.THIRD_GENERATION_EGFR_TKI,
        targeted(new Criteria(EGFR))
            .require(
                found("EGFR"), resultEvidence("EGFR"), "EGFR alteration", "BIOPSY.markers.EGFR")
            .require(noQuestion, List.of(), NO_QUESTION, "")
            .reason());
    e.recommend(
        RecommendationCode.CNS_PENETRANT_ALK_INHIBITOR,
        targeted(new Criteria(ALK))
            .require(found("ALK"), resultEvidence("ALK"), "ALK alteration", "BIOPSY.markers.ALK")
            .require(noQuestion, List.of(), NO_QUESTION, "")
            .reason());
    e.recommend(
        RecommendationCode.PLATINUM_CHEMOTHERAPY_CNS_ACTIVE,
        chemotherapy().require(noQuestion, List.of(), NO_QUESTION, "").reason());
  }

  private Criteria chemotherapy() {
    Criteria criteria = permissive(new Criteria(CHEMOTHERAPY));
    boolean histology = e.molecular().histology().isPresent();
    criteria.require(
        histology ? Tri.of(e.molecular().is(Histology.ADENOCARCINOMA)) : Tri.UNKNOWN,
        e.molecular().histologyEvidence(),
        "adenocarcinoma",
        "BIOPSY.histology");
    for (String gene : e.parameters.vocabulary().panelGenes()) {
      Tri altered = found(gene);
      Tri negative = altered == Tri.UNKNOWN ? Tri.UNKNOWN : Tri.of(altered == Tri.NO);
      criteria.require(
          negative, resultEvidence(gene), gene + " negative", "BIOPSY.markers." + gene);
    }
    return criteria;
  }

  /** What every systemic class needs: confirmed or probable, good arm, a KPS that still permits. */
  private Criteria permissive(Criteria criteria) {
    Permission.established(e, criteria);
    Permission.goodArm(e, criteria);
    return criteria;
  }

  /**
   * What a targeted class needs besides: a primary that is known (G45: no primary-specific advice
   * before) and of a type the source speaks of (S10, S11); small cell, and what is none of lung
   * cancer's types and may be another tumour, are for the board (G44).
   */
  private Criteria targeted(Criteria criteria) {
    Tri primary =
        e.molecular().histology().isEmpty()
            ? Tri.UNKNOWN
            : Tri.of(!e.molecular().is(Histology.SMALL_CELL) && !e.molecular().is(Histology.OTHER));
    return permissive(criteria)
        .require(
            primary,
            e.molecular().histologyEvidence(),
            "non-small-cell lung cancer",
            "BIOPSY.histology");
  }

  private Tri found(String gene) {
    if (e.molecular().altered(gene)) {
      return Tri.YES;
    }
    return e.molecular().gene(gene, Molecular.Meaning.NEGATIVE).isPresent() ? Tri.NO : Tri.UNKNOWN;
  }

  private List<Evidence> resultEvidence(String gene) {
    return Lists.of(
        Optional.ofNullable(e.molecular().genes().get(gene)).map(Molecular.Result::evidence));
  }

  // ------------------------------------------------------------------ G42-G44

  /** Questions for the board; true when no class may be suggested. */
  private boolean questions() {
    List<Molecular.Result> drivers = e.molecular().drivers();
    List<Evidence> evidence = new ArrayList<>(e.molecular().histologyEvidence());
    drivers.forEach(driver -> evidence.add(driver.evidence()));
    Optional<Failed> failed = thirdGenerationFailed();
    failed.ifPresent(before -> evidence.add(before.act().evidence()));
    boolean withoutClass =
        drivers.size() > 1
            || e.molecular().egfrWithoutClass()
            || (failed.isPresent() && e.molecular().altered("EGFR"));
    if (!e.diagnosis().established()) {
      return withoutClass;
    }
    if (withoutClass) {
      mdt.ask(
          "G42",
          Priority.ROUTINE,
          withoutClass(drivers, failed),
          drivers.size() > 1
              ? "two drivers"
              : failed.isPresent() ? "third-generation EGFR TKI used before" : "EGFR exon 20",
          evidence);
    }
    List<Molecular.Result> others =
        drivers.stream()
            .filter(driver -> !driver.gene().equals("EGFR") && !driver.gene().equals("ALK"))
            .toList();
    if (!others.isEmpty()) {
      mdt.ask(
          "G43",
          Priority.ROUTINE,
          new Mdt.Subject(
              Molecular.firstOf(others),
              need(Molecular.firstStatedOn(others)),
              need(Molecular.lastStatedOn(others)),
              Molecular.fingerprints(others)),
          "alteration without a rule in the source: "
              + String.join(", ", others.stream().map(Molecular.Result::gene).toList()),
          evidence);
    }
    boolean noRule =
        e.molecular().is(Histology.SQUAMOUS)
            || e.molecular().is(Histology.LARGE_CELL)
            || e.molecular().is(Histology.SMALL_CELL)
            || e.molecular().is(Histology.OTHER);
    if (noRule) {
      Predicate<BiopsyResult> same = fact -> e.molecular().is(fact.histology());
      List<Known<BiopsyResult>> run =
          Picture.run(e.picture.biopsies(), e.molecular()::statesHistology, same);
      mdt.ask(
          "G44",
          Priority.ROUTINE,
          run.getFirst(),
          need(Known.statedOn(run, BiopsyResult.class, same)),
          "histology without a systemic rule in the source",
          evidence);
    }
    return withoutClass;
  }

  /** What G42 is about: each of its questions arose with the last fact that it needs. */
  private Mdt.Subject withoutClass(List<Molecular.Result> drivers, Optional<Failed> failed) {
    List<Long> since = new ArrayList<>();
    List<Molecular.Result> about = new ArrayList<>(drivers);
    if (drivers.size() > 1) {
      drivers.stream().map(Molecular.Result::statedOn).sorted().skip(1).forEach(since::add);
    }
    Optional<Molecular.Result> egfr = e.molecular().gene("EGFR", Molecular.Meaning.ALTERED);
    if (egfr.isPresent() && (e.molecular().egfrWithoutClass() || failed.isPresent())) {
      long statedOn = egfr.get().statedOn();
      since.add(failed.map(before -> Math.max(statedOn, before.statedOn())).orElse(statedOn));
      if (e.molecular().egfrWithoutClass()) {
        since.add(statedOn);
      }
      if (!drivers.contains(egfr.get())) { // by a site's own list
        about.add(egfr.get());
      }
    }
    List<String> reasons = new ArrayList<>(Molecular.fingerprints(about));
    if (egfr.isPresent() && failed.isPresent()) {
      reasons.add("third-generation EGFR TKI");
    }
    return new Mdt.Subject(
        Molecular.firstOf(about),
        need(Collections.min(since)),
        need(Collections.max(since)),
        reasons);
  }

  /**
   * A third-generation inhibitor used before.
   *
   * @param act that gave it
   * @param statedOn day on which that was reported, with the progression if it takes one
   */
  private record Failed(Act act, long statedOn) {}

  /**
   * A third-generation EGFR TKI that was given before the opening, or after which imaging
   * progressed (G42). One that is known by its end alone may have been given before any imaging.
   */
  private Optional<Failed> thirdGenerationFailed() {
    for (Act act : e.picture.acts()) {
      boolean given =
          act.is(Modality.SYSTEMIC)
              && act.agent().is(Agents.AgentClass.THIRD_GENERATION_EGFR_TKI)
              && hasBegun(act);
      if (!given) {
        continue;
      }
      if (e.picture.isHistory(act.known())) {
        return Optional.of(new Failed(act, act.statedOn()));
      }
      OptionalLong progressed =
          e.picture.imaging().stream()
              .filter(known -> hasProgressed(known.fact()))
              .filter(known -> act.known().before(known) || mayHaveBegunBefore(act, known))
              .mapToLong(known -> known.statedOn(ImagingReport.class, SystemicRules::hasProgressed))
              .min();
      if (progressed.isPresent()) {
        return Optional.of(new Failed(act, Math.max(act.statedOn(), progressed.getAsLong())));
      }
    }
    return Optional.empty();
  }

  /** Whether it says that some of the treatment was given, be it only by its end. */
  private boolean hasBegun(Act act) {
    return switch (act.fact().action()) {
      case STARTED, ADMINISTERED, COMPLETED -> true;
      case STOPPED -> e.picture.wasGiven(act);
      case ORDERED, CANCELLED, UNKNOWN -> false;
    };
  }

  /**
   * Whether it says that a treatment ended of which no act says that it was given, and none that it
   * was ordered after this imaging only.
   */
  private boolean mayHaveBegunBefore(Act act, Known<ImagingReport> imaging) {
    return !act.fact().action().given()
        && e.picture.acts().stream()
            .noneMatch(
                other ->
                    other.fact().action() == Action.ORDERED
                        && other.sameOrder(act)
                        && imaging.before(other.known()))
        && e.picture.acts().stream()
            .noneMatch(
                other ->
                    other.fact().action().given()
                        && other.sameOrder(act)
                        && Picture.follows(act, other));
  }

  private static boolean hasProgressed(ImagingReport report) {
    return report.response() == ImagingReport.Response.PROGRESSED;
  }

  /** The questions stand only while the diagnosis does: it is one of the facts they need. */
  private long need(long day) {
    return Math.max(day, new Since(e).established());
  }

  // ------------------------------------------------------------------ S1

  /**
   * S1: intrathecal treatment is the only one planned, and nobody has looked at the systemic
   * option. In the poor arm nothing asks for one (G56).
   */
  private void optionUnassessed() {
    if (e.status().is(StatusGroup.POOR)) {
      return;
    }
    List<Act> proposed = new ArrayList<>();
    for (Course course : e.courses()) {
      proposed.addAll(course.acts());
    }
    boolean otherPlanned =
        e.picture.acts().stream()
            .anyMatch(
                act ->
                    (act.is(Modality.SYSTEMIC)
                            && act.agent().antitumour()
                            && act.prohibitable()
                            && !e.picture.ended(act))
                        || (act.is(Modality.SYSTEMIC)
                            && act.agent().antitumour()
                            && !e.picture.isHistory(act.known()))
                        || (act.is(Modality.RADIOTHERAPY)
                            && isPlannedOrGiven(act)
                            && !e.picture.isHistory(act.known())));
    boolean profileKnown = e.molecular().panelNegative() || !e.molecular().drivers().isEmpty();
    List<Act> recent = e.recent(proposed);
    if (otherPlanned || profileKnown || recent.isEmpty()) {
      return;
    }
    e.alert(
        AlertDraft.of(AlertCode.SYSTEMIC_OPTION_UNASSESSED, recent.getFirst().id(), OPTION)
            .priority(Priority.URGENT)
            .to(Audience.TREATING_ONCOLOGIST)
            .says(
                "Intrathecal treatment is the only one planned; the systemic option is not"
                    + " assessed")
            .about(e, recent)
            .missing(
                e.molecular().openPanel().stream().map(gene -> "BIOPSY.markers." + gene).toList()));
  }

  /** Of radiotherapy: ordered and not taken back, or given in part at least. */
  private boolean isPlannedOrGiven(Act act) {
    return act.fact().action() == Action.STOPPED
        ? e.picture.wasGiven(act)
        : act.prohibitable() && (act.given() || !e.picture.ended(act));
  }

  // ------------------------------------------------------------------ G40

  private void driverOnChemotherapy() {
    List<Act> systemic =
        e.picture.acts().stream().filter(act -> act.is(Modality.SYSTEMIC)).toList();
    boolean targeted =
        systemic.stream()
            .anyMatch(
                act ->
                    act.prohibitable()
                        && act.agent().targeted()
                        && !e.picture.ended(act)
                        && !e.picture.isHistory(act.known()));
    if (targeted) {
      return;
    }
    for (Molecular.Result driver : e.molecular().drivers()) {
      if (e.picture.isHistory(driver.first())) {
        continue;
      }
      for (Act act : systemic) {
        boolean running =
            act.fact().action().given()
                && act.agent().cytotoxic()
                && !e.picture.ended(act)
                && !completed(act);
        boolean reportedAfter = !act.known().observed().knew(driver.knownAt());
        if (running && reportedAfter) {
          e.alert(
              AlertDraft.of(
                      AlertCode.ACTIONABLE_DRIVER_ON_CHEMOTHERAPY,
                      driver.first().id(),
                      DRIVER_ON_CHEMOTHERAPY)
                  .priority(Priority.URGENT)
                  .to(Audience.TREATING_ONCOLOGIST, Audience.MDT_COORDINATOR)
                  .says(
                      "Actionable driver "
                          + driver.gene()
                          + " reported after chemotherapy began: consider board review")
                  .evidence(driver.evidence())
                  .evidence(act.evidence())
                  .because(driver.gene()));
          return;
        }
      }
    }
  }

  private boolean completed(Act act) {
    return e.picture.acts().stream()
        .anyMatch(
            other ->
                other.fact().action() == Action.COMPLETED
                    && !other.known().before(act.known())
                    && act.sameOrder(other));
  }
}
