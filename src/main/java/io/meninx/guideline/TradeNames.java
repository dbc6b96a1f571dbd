package io.meninx.guideline;

import java.util.Map;

/**
 * Trade names of agents, as orders have them, and the names that guidelines use: what was ordered
 * under the one is stopped under the other.
 */
final class TradeNames {
  private static final Map<String, String> GENERIC =
      Map.ofEntries(
          Map.entry("trexall", "methotrexate"),
          Map.entry("otrexup", "methotrexate"),
          Map.entry("rasuvo", "methotrexate"),
          Map.entry("metoject", "methotrexate"),
          Map.entry("xatmep", "methotrexate"),
          Map.entry("alimta", "pemetrexed"),
          Map.entry("taxol", "paclitaxel"),
          Map.entry("abraxane", "nab-paclitaxel"),
          Map.entry("taxotere", "docetaxel"),
          Map.entry("gemzar", "gemcitabine"),
          Map.entry("navelbine", "vinorelbine"),
          Map.entry("temodal", "temozolomide"),
          Map.entry("temodar", "temozolomide"),
          Map.entry("zepzelca", "lurbinectedin"),
          Map.entry("depocyt", "liposomal cytarabine"),
          Map.entry("depocyte", "liposomal cytarabine"),
          Map.entry("tagrisso", "osimertinib"),
          Map.entry("ameile", "aumolertinib"),
          Map.entry("ivesa", "furmonertinib"),
          Map.entry("leclaza", "lazertinib"),
          Map.entry("lazcluze", "lazertinib"),
          Map.entry("lorviqua", "lorlatinib"),
          Map.entry("lorbrena", "lorlatinib"),
          Map.entry("alecensa", "alectinib"),
          Map.entry("alunbrig", "brigatinib"),
          Map.entry("xalkori", "crizotinib"),
          Map.entry("zykadia", "ceritinib"),
          Map.entry("iressa", "gefitinib"),
          Map.entry("tarceva", "erlotinib"),
          Map.entry("conmana", "icotinib"),
          Map.entry("giotrif", "afatinib"),
          Map.entry("gilotrif", "afatinib"),
          Map.entry("vizimpro", "dacomitinib"),
          Map.entry("tafinlar", "dabrafenib"),
          Map.entry("mekinist", "trametinib"),
          Map.entry("rozlytrek", "entrectinib"),
          Map.entry("augtyro", "repotrectinib"),
          Map.entry("vitrakvi", "larotrectinib"),
          Map.entry("retevmo", "selpercatinib"),
          Map.entry("retsevmo", "selpercatinib"),
          Map.entry("gavreto", "pralsetinib"),
          Map.entry("tabrecta", "capmatinib"),
          Map.entry("tepmetko", "tepotinib"),
          Map.entry("krazati", "adagrasib"),
          Map.entry("lumakras", "sotorasib"),
          Map.entry("lumykras", "sotorasib"),
          Map.entry("enhertu", "trastuzumab deruxtecan"),
          Map.entry("herceptin", "trastuzumab"),
          Map.entry("rybrevant", "amivantamab"),
          Map.entry("opdivo", "nivolumab"),
          Map.entry("keytruda", "pembrolizumab"),
          Map.entry("tecentriq", "atezolizumab"),
          Map.entry("imfinzi", "durvalumab"),
          Map.entry("yervoy", "ipilimumab"),
          Map.entry("avastin", "bevacizumab"),
          Map.entry("cyramza", "ramucirumab"));

  private TradeNames() {}

  /** The name that a trade name, in lower case, stands for; any other word as it is. */
  static String generic(String word) {
    return GENERIC.getOrDefault(word, word);
  }
}
