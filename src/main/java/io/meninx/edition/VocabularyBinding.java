package io.meninx.edition;

import io.meninx.guideline.Parameters.Vocabulary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words of an edition, and what must hold between its lists. */
final class VocabularyBinding {

  /** What an agent is: a word is in one of these at most. Where it may be given is another list. */
  private static final List<String> ONE_CLASS_ONLY =
      List.of(
          "methotrexate",
          "chemotherapy",
          "thirdGenerationEgfrTki",
          "alkInhibitor",
          "otherAntitumour",
          "supportive");

  /** Fatal by this route, whatever a file says (G62). */
  private static final Set<String> NEVER_INTRATHECAL =
      Set.of("vincristine", "vinblastine", "vinorelbine", "vindesine", "vinflunine", "bortezomib");

  private final Section in;
  private final Map<String, List<String>> lists = new HashMap<>();

  private VocabularyBinding(Section in) {
    this.in = in;
  }

  static Vocabulary vocabulary(Section in) {
    VocabularyBinding binding = new VocabularyBinding(in);
    Vocabulary words = binding.read();
    binding.checkRelations();
    return words;
  }

  private Vocabulary read() {
    return new Vocabulary(
        set("methotrexate", Words.AGENT),
        set("chemotherapy", Words.AGENT),
        set("thirdGenerationEgfrTki", Words.AGENT),
        set("alkInhibitor", Words.AGENT),
        set("otherAntitumour", Words.AGENT),
        set("supportive", Words.AGENT),
        set("intrathecalAllowed", Words.AGENT),
        set("intrathecalSteroids", Words.AGENT),
        list("panelGenes", Words.GENE),
        list("driverGenes", Words.GENE),
        set("notActivatingEgfr", Words.PHRASE),
        set("activatingEgfr", Words.PHRASE),
        set("ambiguousMarkers", Words.PHRASE),
        set("typicalSigns", Words.SIGN),
        set("cranialNeuropathySigns", Words.SIGN),
        set("meningealSites", Words.PHRASE));
  }

  private void checkRelations() {
    for (int i = 0; i < ONE_CLASS_ONLY.size(); i++) {
      for (int j = i + 1; j < ONE_CLASS_ONLY.size(); j++) {
        disjoint(ONE_CLASS_ONLY.get(j), ONE_CLASS_ONLY.get(i));
      }
    }
    disjoint("activatingEgfr", "notActivatingEgfr");
    disjoint("intrathecalSteroids", "methotrexate");
    disjoint("intrathecalSteroids", "chemotherapy");
    within("intrathecalSteroids", "intrathecalAllowed");
    within("panelGenes", "driverGenes");
    within("cranialNeuropathySigns", "typicalSigns");
    if (in.isSound("methotrexate") && !words("methotrexate").contains("methotrexate")) {
      in.refuse("methotrexate", "the word methotrexate itself is missing");
    }
    for (String agent : words("intrathecalAllowed")) {
      if (List.of(agent.split("[ -]", -1)).stream().anyMatch(NEVER_INTRATHECAL::contains)) {
        in.refuse("intrathecalAllowed", agent + " is fatal when given intrathecally");
      }
    }
    if (words("typicalSigns").contains("NONE")) {
      in.refuse("typicalSigns", "NONE is no sign: it says that none was found");
    }
  }

  private void disjoint(String key, String other) {
    for (String word : words(key)) {
      if (words(other).contains(word)) {
        in.refuse(key, Problems.shown(word) + " stands in vocabulary." + other + " too");
      }
    }
  }

  /** A list that could not be read makes no other list wrong. */
  private void within(String key, String other) {
    if (!in.isSound(other)) {
      return;
    }
    for (String word : words(key)) {
      if (!words(other).contains(word)) {
        in.refuse(key, Problems.shown(word) + " is not in vocabulary." + other);
      }
    }
  }

  private Set<String> set(String key, Words form) {
    return Set.copyOf(list(key, form));
  }

  private List<String> list(String key, Words form) {
    List<String> words = in.words(key, form);
    lists.put(key, words);
    return words;
  }

  private List<String> words(String key) {
    return lists.getOrDefault(key, List.of());
  }
}
