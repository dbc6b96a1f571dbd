package io.meninx.guideline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads free texts of agents by the guideline's vocabulary. A text may name several; one that names
 * none is unknown.
 */
public final class Agents {
  private static final int LONGEST_PHRASE = 3;

  /** What stands between two agents of one text. */
  private static final Pattern SEPARATOR =
      Pattern.compile("[+&/;,|]|\\s(?:and|plus|with|then)\\s", Pattern.CASE_INSENSITIVE);

  /** Words of a prescription that name no agent. */
  private static final Set<String> NO_AGENTS =
      Set.of(
          "preservative",
          "preservative-free",
          "free",
          "without",
          "preservatives",
          "intrathecal",
          "intrathecally",
          "intraventricular",
          "lumbar",
          "ommaya",
          "reservoir",
          "puncture",
          "solution",
          "injection",
          "infusion",
          "saline",
          "dose",
          "doses",
          "per",
          "day",
          "days",
          "daily",
          "week",
          "weeks",
          "weekly",
          "twice",
          "once",
          "month",
          "monthly",
          "cycle",
          "cycles",
          "course",
          "induction",
          "consolidation",
          "maintenance",
          "mcg",
          "for",
          "the",
          "via",
          "into",
          "low",
          "low-dose",
          "high-dose");

  /** Beside an agent that is not given, or not at that time. */
  private static final Set<String> OTHER_THAN =
      Set.of(
          "non",
          "no",
          "pre",
          "post",
          "anti",
          "free",
          "naive",
          "intolerant",
          "intolerance",
          "refractory",
          "resistant",
          "sparing",
          "induced",
          "allergy",
          "allergic");

  /** Words of the vocabulary for chemotherapy that leave open which agent it is. */
  private static final Set<String> CLASS_WORDS = Set.of("chemotherapy", "chemo", "cytotoxic");

  /**
   * Of other antitumour agents those against a driver of the tumour, beside the ones with the stems
   * of kinase and KRAS inhibitors (WHO: -nib, -rasib). Others act on the immune system or on
   * vessels, or it is not known on what.
   */
  private static final Set<String> TARGETED =
      Set.of(
          "tyrosine kinase inhibitor",
          "tki",
          "targeted therapy",
          "trastuzumab",
          "trastuzumab deruxtecan",
          "amivantamab");

  /** Kinase inhibitors that act on vessels. */
  private static final Set<String> ANTIANGIOGENIC = Set.of("anlotinib", "apatinib", "nintedanib");

  /** Texts kept with their readings: more than a hospital writes, and a bound. */
  private static final int MOST_KNOWN = 1_000;

  private final Map<String, EnumSet<AgentClass>> phrases = new HashMap<>();
  private volatile Map<String, Reading> known = Map.of();

  /** One of the names of methotrexate, for all of them: they are one drug. */
  private final String methotrexate;

  /** What kind of agent a name stands for. */
  public enum AgentClass {
    METHOTREXATE,
    CHEMOTHERAPY,
    THIRD_GENERATION_EGFR_TKI,
    ALK_INHIBITOR,
    OTHER_ANTITUMOUR,
    SUPPORTIVE,
    INTRATHECAL_ALLOWED,
    INTRATHECAL_STEROID
  }

  /**
   * What a text says.
   *
   * @param stated whether there was any text
   * @param names known names in it, sorted
   * @param classes of these names
   * @param allAllowedIntrathecally whether every name may be given intrathecally, false without a
   *     name
   * @param targeted whether it names an agent against a driver of the tumour
   * @param unnamedChemotherapy whether it speaks of chemotherapy by class words only: that may be
   *     any, methotrexate too
   */
  public record Reading(
      boolean stated,
      Set<String> names,
      Set<AgentClass> classes,
      boolean allAllowedIntrathecally,
      boolean targeted,
      boolean unnamedChemotherapy) {
    static final Reading NOT_STATED =
        new Reading(false, Set.of(), EnumSet.noneOf(AgentClass.class), false, false, false);

    /** Whether any name was recognised. */
    public boolean recognised() {
      return !names.isEmpty();
    }

    /** Whether any name is of this class. */
    public boolean is(AgentClass agentClass) {
      return classes.contains(agentClass);
    }

    /** Whether it names methotrexate, cytotoxic chemotherapy, a targeted or an immune therapy. */
    public boolean antitumour() {
      return is(AgentClass.METHOTREXATE)
          || is(AgentClass.CHEMOTHERAPY)
          || is(AgentClass.THIRD_GENERATION_EGFR_TKI)
          || is(AgentClass.ALK_INHIBITOR)
          || is(AgentClass.OTHER_ANTITUMOUR);
    }

    /** Whether it names cytotoxic chemotherapy, methotrexate included. */
    public boolean cytotoxic() {
      return is(AgentClass.CHEMOTHERAPY) || is(AgentClass.METHOTREXATE);
    }
  }

  /** Reads by these words. */
  public Agents(Parameters.Vocabulary vocabulary) {
    methotrexate =
        vocabulary.methotrexate().stream()
            .map(name -> String.join(" ", words(name)))
            .min(Comparator.naturalOrder())
            .orElse("");
    add(vocabulary.methotrexate(), AgentClass.METHOTREXATE);
    add(vocabulary.methotrexate(), AgentClass.INTRATHECAL_ALLOWED);
    add(vocabulary.chemotherapy(), AgentClass.CHEMOTHERAPY);
    add(vocabulary.thirdGenerationEgfrTki(), AgentClass.THIRD_GENERATION_EGFR_TKI);
    add(vocabulary.alkInhibitor(), AgentClass.ALK_INHIBITOR);
    add(vocabulary.otherAntitumour(), AgentClass.OTHER_ANTITUMOUR);
    add(vocabulary.supportive(), AgentClass.SUPPORTIVE);
    add(vocabulary.intrathecalAllowed(), AgentClass.INTRATHECAL_ALLOWED);
    add(vocabulary.intrathecalSteroids(), AgentClass.INTRATHECAL_STEROID);
  }

  private void add(Set<String> names, AgentClass agentClass) {
    for (String name : names) {
      phrases
          .computeIfAbsent(String.join(" ", words(name)), _ -> EnumSet.noneOf(AgentClass.class))
          .add(agentClass);
    }
  }

  /**
   * Reads a text; absent or blank is not stated. Every act of a patient is read in every decision,
   * and there are few different texts: what was read stays.
   */
  public Reading read(Optional<String> text) {
    if (text.isEmpty()) {
      return Reading.NOT_STATED;
    }
    Map<String, Reading> before = known;
    Reading read = before.get(text.get());
    if (read == null) {
      read = parsed(text.get());
      Map<String, Reading> more =
          new HashMap<>(before.size() < MOST_KNOWN ? before : Map.<String, Reading>of());
      more.put(text.get(), read);
      known = more; // never changed again, so any thread may read it
    }
    return read;
  }

  private Reading parsed(String text) {
    if (text.isBlank()) {
      return Reading.NOT_STATED;
    }
    Set<String> names = new TreeSet<>();
    EnumSet<AgentClass> classes = EnumSet.noneOf(AgentClass.class);
    boolean allAllowed = true;
    for (String part : SEPARATOR.split(text)) {
      allAllowed &= read(parted(words(part)), names, classes);
    }
    return new Reading(
        true,
        names,
        classes,
        allAllowed && !names.isEmpty(),
        names.stream().anyMatch(this::isTargeted),
        classes.contains(AgentClass.CHEMOTHERAPY) && !namesChemotherapy(names));
  }

  /**
   * The words, trade names as the names they stand for, and those that are joined by a hyphen for
   * themselves where one of them is known: HD-MTX, carboplatin-pemetrexed. What comes before or
   * after an agent, or is not it, is left as it is.
   */
  private List<String> parted(List<String> words) {
    List<String> parted = new ArrayList<>(words.size());
    for (String word : words) {
      List<String> parts =
          word.indexOf('-') < 0 || phrases.containsKey(word)
              ? List.of(word)
              : List.of(word.split("-"));
      boolean agents =
          parts.stream().noneMatch(OTHER_THAN::contains)
              && parts.stream().anyMatch(part -> phrases.containsKey(generic(part)));
      for (String part : agents ? parts : List.of(word)) {
        parted.addAll(words(generic(part)));
      }
    }
    return parted;
  }

  /** The name the vocabulary has, of what is written by its trade name. */
  private String generic(String word) {
    String generic = TradeNames.generic(word);
    return phrases.containsKey(word) || !phrases.containsKey(generic) ? word : generic;
  }

  private boolean namesChemotherapy(Set<String> names) {
    return names.stream()
        .filter(name -> !CLASS_WORDS.contains(name))
        .anyMatch(name -> classes(name).contains(AgentClass.CHEMOTHERAPY));
  }

  private boolean isTargeted(String name) {
    Set<AgentClass> found = classes(name);
    return found.contains(AgentClass.THIRD_GENERATION_EGFR_TKI)
        || found.contains(AgentClass.ALK_INHIBITOR)
        || (found.contains(AgentClass.OTHER_ANTITUMOUR)
            && !ANTIANGIOGENIC.contains(name)
            && (TARGETED.contains(name) || name.endsWith("nib") || name.endsWith("rasib")));
  }

  private Set<AgentClass> classes(String name) {
    return phrases.getOrDefault(name, EnumSet.noneOf(AgentClass.class));
  }

  /**
   * Adds what one part of a text names.
   *
   * @return whether nothing in it is known not to be allowed intrathecally: a part that names no
   *     known agent may name an unknown one (G62: "methotrexate + an unknown brand")
   */
  private boolean read(List<String> words, Set<String> names, EnumSet<AgentClass> classes) {
    boolean allAllowed = true;
    boolean unknown = false;
    boolean recognised = false;
    int at = 0;
    while (at < words.size()) {
      int length = longestPhraseAt(words, at);
      if (length > 0) {
        String name = String.join(" ", words.subList(at, at + length));
        Set<AgentClass> found = classes(name);
        names.add(found.contains(AgentClass.METHOTREXATE) ? methotrexate : name);
        classes.addAll(found);
        allAllowed &= found.contains(AgentClass.INTRATHECAL_ALLOWED);
        recognised = true;
      } else {
        unknown |= mayBeAnAgent(words.get(at));
      }
      at += Math.max(1, length);
    }
    return allAllowed && (recognised || !unknown);
  }

  private static boolean mayBeAnAgent(String word) {
    long letters = word.chars().filter(Character::isLetter).count();
    boolean digits = word.chars().anyMatch(Character::isDigit);
    return letters >= 3 && !digits && !NO_AGENTS.contains(word);
  }

  private int longestPhraseAt(List<String> words, int at) {
    for (int length = Math.min(LONGEST_PHRASE, words.size() - at); length > 0; length--) {
      if (phrases.containsKey(String.join(" ", words.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  /** Letters, digits and inner hyphens make a word; all lower case. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    int start = -1;
    for (int i = 0; i <= lower.length(); i++) {
      boolean inside =
          i < lower.length()
              && (Character.isLetterOrDigit(lower.charAt(i)) || lower.charAt(i) == '-');
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        words.add(lower.substring(start, i));
        start = -1;
      }
    }
    return words;
  }
}
