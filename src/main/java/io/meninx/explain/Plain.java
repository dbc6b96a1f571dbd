package io.meninx.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names of fields and values of evidence as a clinician says them. */
final class Plain {
  private static final String MARKER = "BIOPSY.markers.";

  /** What is missing, by its name in the contract. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("ASSESSMENT.extracranialDisease", "disease outside the CNS"),
          Map.entry("ASSESSMENT.labs.ancE9L", "neutrophils"),
          Map.entry("ASSESSMENT.labs.egfr", "renal function (eGFR)"),
          Map.entry("ASSESSMENT.labs.inr", "INR"),
          Map.entry("ASSESSMENT.labs.plateletsE9L", "platelets"),
          Map.entry("ASSESSMENT.lifeExpectancyDays", "life expectancy"),
          Map.entry("ASSESSMENT.ommayaFeasible", "whether a reservoir is feasible"),
          Map.entry("ASSESSMENT.pleuralEffusion", "pleural effusion"),
          Map.entry("ASSESSMENT.restagingDone", "systemic restaging"),
          Map.entry("ASSESSMENT.severeSymptoms", "whether symptoms are severe"),
          Map.entry("ASSESSMENT.signs", "signs"),
          Map.entry("ASSESSMENT.suspicion", "clinical suspicion"),
          Map.entry("BIOPSY.histology", "histology"),
          Map.entry("CSF.cytology", "CSF cytology"),
          Map.entry("CSF.fixed", "whether the CSF was fixed"),
          Map.entry("CSF.minutesToProcessing", "time until the CSF was processed"),
          Map.entry("CSF.volumeMl", "CSF volume"),
          Map.entry("IMAGING.contrast", "contrast of the MRI"),
          Map.entry("IMAGING.csfFlow", "CSF flow"),
          Map.entry("IMAGING.leptomeningealPattern", "leptomeningeal pattern on MRI"),
          Map.entry("IMAGING.lungMass", "lung mass"),
          Map.entry("IMAGING.regions", "MRI of brain and whole spine"),
          Map.entry("IMAGING.tesla", "field strength of the MRI"),
          Map.entry("IMAGING.thinDeposits", "whether deposits are thin"),
          Map.entry("PERFORMANCE.kps", "KPS"),
          Map.entry("TREATMENT.agent", "agent"),
          Map.entry("TREATMENT.doseMg", "dose"),
          Map.entry("TREATMENT.indication", "indication"),
          Map.entry("TREATMENT.radiotherapyField", "field of the radiotherapy"),
          Map.entry("TREATMENT.route", "route"));

  /** Keys of evidence that do not read well with their capitals taken apart. */
  private static final Map<String, String> KEYS =
      Map.of(
          "kps", "KPS",
          "csfFlow", "CSF flow",
          "volumeMl", "volume in mL",
          "doseMg", "dose in mg",
          "doseGy", "dose in Gy",
          "lifeExpectancyDays", "life expectancy in days",
          "plateletsE9L", "platelets in 10^9/L",
          "inr", "INR",
          "ancE9L", "neutrophils in 10^9/L",
          "egfr", "eGFR");

  private static final Pattern KEY = Pattern.compile("\\b([a-zA-Z][a-zA-Z0-9]*)=");
  private static final Pattern CODE =
      Pattern.compile(
          "\\b(?:[A-Z]+(?:_[A-Z0-9]+)+|(?!EGFR|ERBB|BRAF|KRAS|NTRK)[A-Z]{4,}|YES|NO|LOW)\\b");
  private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])([A-Z])");

  private Plain() {}

  /** What is missing; a field without a word of its own keeps its name. */
  static String fields(List<String> missing) {
    List<String> words = new ArrayList<>();
    for (String field : missing) {
      String word =
          field.startsWith(MARKER)
              ? field.substring(MARKER.length())
              : FIELDS.getOrDefault(field, field);
      if (!words.contains(word)) {
        words.add(word);
      }
    }
    return String.join(", ", words);
  }

  /** What a fact said: {@code csfFlow=PARTIAL} is "CSF flow partial". */
  static String value(String evidence) {
    String keyed = KEY.matcher(evidence).replaceAll(Plain::key);
    return CODE.matcher(keyed)
        .replaceAll(code -> code.group().toLowerCase(Locale.ROOT).replace('_', ' '))
        .replace("+", " + ");
  }

  private static String key(MatchResult found) {
    String key = found.group(1);
    String words =
        KEYS.getOrDefault(
            key,
            CAPITAL
                .matcher(key)
                .replaceAll(capital -> " " + capital.group().toLowerCase(Locale.ROOT)));
    return words + " ";
  }
}
