package io.meninx.edition;

import java.util.Locale;
import java.util.regex.Pattern;

/** How the words of a list are written. */
enum Words {
  /** A name found as words within a free text: the reader of agents looks at three at most. */
  AGENT("[\\p{L}\\p{N}-]+( [\\p{L}\\p{N}-]+){0,2}", "1 to 3 lower-case words", true),
  /** A part of a text, or a whole text. */
  PHRASE("[^\\p{C}\\p{Z}]+( [^\\p{C}\\p{Z}]+)*", "lower-case words with single spaces", true),
  /** A code. */
  SIGN("[A-Z][A-Z0-9_]*", "an upper-case code such as NECK_PAIN", false),
  /** A gene. */
  GENE("[A-Z][A-Z0-9-]*", "an upper-case gene such as EGFR", false);

  private static final int LONGEST = 60;

  private final Pattern form;
  private final String meaning;
  private final boolean lowerCase;

  Words(String form, String meaning, boolean lowerCase) {
    this.form = Pattern.compile(form);
    this.meaning = meaning;
    this.lowerCase = lowerCase;
  }

  boolean matches(String word) {
    return word.length() <= LONGEST
        && form.matcher(word).matches()
        && (!lowerCase || word.equals(word.toLowerCase(Locale.ROOT)));
  }

  /** As read after "is not". */
  @Override
  public String toString() {
    return meaning + ", at most " + LONGEST + " characters";
  }
}
