package io.meninx.guideline;

import io.meninx.fact.BiopsyResult;
import io.meninx.fact.BiopsyResult.Histology;
import io.meninx.fact.Fact;
import io.meninx.fact.Lists;
import io.meninx.fact.ResultStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/**
 * Histology and the molecular panel (S4, S9-S12, G41-G45). Markers of several reports add up; per
 * gene the newest conclusive result counts.
 *
 * @param histology last stated
 * @param genes result per gene
 * @param vocabulary words it was read by
 */
record Molecular(
    Optional<Known<BiopsyResult>> histology,
    SortedMap<String, Result> genes,
    Parameters.Vocabulary vocabulary) {

  /** Words that a text begins with which says that no alteration is known. */
  private static final Set<String> NO_ALTERATION =
      Set.of("NEGATIVE", "NEG", "NO", "NOT", "FAILED", "FAILURE", "WITHOUT");

  /** What a marker result says. */
  enum Meaning {
    NEGATIVE,
    ALTERED,
    PENDING,
    /** Failed, not tested, or a text that is neither negative nor an alteration. */
    INCONCLUSIVE,
    /** Negative and altered in one report, of which neither is newer. */
    CONTRADICTORY;

    boolean conclusive() {
      return this == NEGATIVE || this == ALTERED;
    }
  }

  /**
   * Result of one gene.
   *
   * @param gene upper case; ERBB2 is HER2
   * @param meaning of the text
   * @param text as reported
   * @param known the newest report that says so
   * @param first the first report of the present run that does: one that only says it again starts
   *     nothing anew
   * @param statedOn day on which any of them first did
   * @param knownAt when any of them first did in a version that counts: a preliminary one that was
   *     there before chemotherapy does not stand against a warning (G40)
   */
  record Result(
      String gene,
      Meaning meaning,
      String text,
      Known<BiopsyResult> known,
      Known<BiopsyResult> first,
      long statedOn,
      Instant knownAt) {

    private static Result of(
        String gene, Stated stated, Known<BiopsyResult> known, Parameters.Vocabulary vocabulary) {
      BiPredicate<Fact, Fact> same =
          (_, version) ->
              version instanceof BiopsyResult fact
                  && Optional.ofNullable(markers(fact, vocabulary).get(gene))
                      .filter(other -> same(other.text, stated.text))
                      .isPresent();
      return new Result(
          gene,
          stated.meaning,
          stated.text,
          known,
          known,
          Known.statedOn(known.report(), same),
          Known.statedAt(known.report(), ResultStatus::counts, same));
    }

    private static boolean same(String one, String other) {
      return one.trim().equalsIgnoreCase(other.trim());
    }

    /** This one as the next of a run, if the one before says the same. */
    private Result after(Result before) {
      if (!same(before.text, text)) {
        return this;
      }
      return new Result(
          gene,
          meaning,
          text,
          known,
          before.first,
          Math.min(before.statedOn, statedOn),
          before.knownAt.isBefore(knownAt) ? before.knownAt : knownAt);
    }

    Evidence evidence() {
      return known.evidence(gene + "=" + text);
    }
  }

  /** What a report says of a gene. */
  private record Stated(Meaning meaning, String text) {}

  static Molecular of(Picture picture, Parameters.Vocabulary vocabulary) {
    SortedMap<String, Result> genes = new TreeMap<>();
    for (Known<BiopsyResult> known : picture.biopsies()) {
      for (Map.Entry<String, Stated> marker : markers(known.fact(), vocabulary).entrySet()) {
        String gene = marker.getKey();
        Result result = Result.of(gene, marker.getValue(), known, vocabulary);
        Result before = genes.get(gene);
        boolean stillPending =
            before != null
                && before.meaning == Meaning.PENDING
                && result.meaning == Meaning.PENDING; // the turnaround counts from the first report
        boolean newer =
            before == null
                || result.meaning.conclusive()
                || result.meaning == Meaning.CONTRADICTORY
                || !before.meaning.conclusive();
        if (newer && !stillPending) {
          genes.put(gene, before == null ? result : result.after(before));
        }
      }
    }
    return new Molecular(Diagnosis.histology(picture), genes, vocabulary);
  }

  /**
   * What a report says of each gene. One gene can be in it several times, under several names: of
   * negative and altered neither is newer, so that is no result; several alterations are all found.
   */
  private static SortedMap<String, Stated> markers(
      BiopsyResult fact, Parameters.Vocabulary vocabulary) {
    SortedMap<String, Stated> markers = new TreeMap<>();
    fact.markers()
        .forEach(
            (name, text) ->
                markers.merge(
                    gene(name), new Stated(meaning(text, vocabulary), text), Molecular::together));
    return markers;
  }

  private static Stated together(Stated one, Stated other) {
    Set<Meaning> both = EnumSet.of(one.meaning, other.meaning);
    boolean contradict =
        both.contains(Meaning.CONTRADICTORY)
            || both.equals(EnumSet.of(Meaning.NEGATIVE, Meaning.ALTERED));
    if (!contradict && one.meaning != other.meaning) {
      return one.meaning.compareTo(other.meaning) < 0 ? one : other; // the one that says more
    }
    boolean repeats = one.meaning == other.meaning && one.meaning != Meaning.ALTERED;
    return repeats || Result.same(one.text, other.text)
        ? one
        : new Stated(
            contradict ? Meaning.CONTRADICTORY : Meaning.ALTERED, one.text + " / " + other.text);
  }

  private static String gene(String name) {
    String upper = name.trim().toUpperCase(Locale.ROOT);
    return upper.equals("ERBB2") || upper.equals("HER-2") ? "HER2" : upper;
  }

  private static Meaning meaning(String text, Parameters.Vocabulary vocabulary) {
    String upper = text.trim().toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "NEGATIVE" -> Meaning.NEGATIVE;
      case "FAILED", "NOT_TESTED", "" -> Meaning.INCONCLUSIVE;
      default ->
          begins(upper, "PENDING")
              ? Meaning.PENDING
              : isInconclusive(upper, vocabulary) ? Meaning.INCONCLUSIVE : Meaning.ALTERED;
    };
  }

  /**
   * Whether a text is, or begins with, words that name no alteration: "Negative (FISH)" must not
   * permit what an alteration does, and is not the word for negative either (S12, G41).
   */
  private static boolean isInconclusive(String upper, Parameters.Vocabulary vocabulary) {
    return NO_ALTERATION.stream().anyMatch(words -> begins(upper, words))
        || vocabulary.ambiguousMarkers().stream()
            .anyMatch(words -> begins(upper, words.toUpperCase(Locale.ROOT)));
  }

  private static boolean begins(String text, String words) {
    return text.startsWith(words)
        && (text.length() == words.length()
            || !Character.isLetterOrDigit(text.charAt(words.length())));
  }

  /** Whether a report says which type it is, or takes part in saying that it is some. */
  boolean statesHistology(BiopsyResult biopsy) {
    return biopsy.histology() != Histology.UNKNOWN
        && (biopsy.histology() != Histology.NSCLC_NOS || is(Histology.NSCLC_NOS));
  }

  boolean is(Histology type) {
    return histology.isPresent() && histology.get().fact().histology() == type;
  }

  Optional<Result> gene(String gene, Meaning meaning) {
    Result result = genes.get(gene);
    return result != null && result.meaning == meaning ? Optional.of(result) : Optional.empty();
  }

  boolean altered(String gene) {
    return gene(gene, Meaning.ALTERED).isPresent();
  }

  /** Alterations of driver genes, by gene. */
  List<Result> drivers() {
    List<Result> drivers = new ArrayList<>();
    for (Result result : genes.values()) {
      if (result.meaning == Meaning.ALTERED && vocabulary.driverGenes().contains(result.gene)) {
        drivers.add(result);
      }
    }
    return drivers;
  }

  /** The report that a question about these results is about: the earliest observed. */
  static Known<BiopsyResult> firstOf(List<Result> results) {
    return results.stream().map(Result::first).min(Known.OLDEST_FIRST).orElseThrow();
  }

  /** The day on which the first of these results was reported. */
  static long firstStatedOn(List<Result> results) {
    return results.stream().mapToLong(Result::statedOn).min().orElseThrow();
  }

  /** What tells these results from others, whoever writes them. */
  static List<String> fingerprints(List<Result> results) {
    return results.stream()
        .map(result -> result.gene + "=" + result.text.trim().toUpperCase(Locale.ROOT))
        .toList();
  }

  /** The day on which the last of them was. */
  static long lastStatedOn(List<Result> results) {
    return results.stream().mapToLong(Result::statedOn).max().orElseThrow();
  }

  /** Genes of the panel without a conclusive result. */
  List<String> openPanel() {
    List<String> open = new ArrayList<>();
    for (String gene : vocabulary.panelGenes()) {
      Result result = genes.get(gene);
      if (result == null || !result.meaning.conclusive()) {
        open.add(gene);
      }
    }
    return open;
  }

  /** Whether every gene of the panel is negative. */
  boolean panelNegative() {
    return vocabulary.panelGenes().stream()
        .allMatch(gene -> gene(gene, Meaning.NEGATIVE).isPresent());
  }

  /** Evidence of the panel, as far as reported. */
  List<Evidence> panelEvidence() {
    return genes.values().stream()
        .filter(result -> vocabulary.panelGenes().contains(result.gene))
        .map(Result::evidence)
        .toList();
  }

  List<Evidence> histologyEvidence() {
    return Lists.of(
        histology.map(known -> known.evidence("histology=" + known.fact().histology())));
  }

  /**
   * An EGFR alteration of a kind the source gives no class for: exon 20, unless a sensitising one
   * stands beside it (G42).
   */
  boolean egfrWithoutClass() {
    return gene("EGFR", Meaning.ALTERED)
        .map(
            result -> {
              String text = result.text.toLowerCase(Locale.ROOT);
              return vocabulary.notActivatingEgfr().stream().anyMatch(text::contains)
                  && vocabulary.activatingEgfr().stream().noneMatch(text::contains);
            })
        .orElse(false);
  }
}
