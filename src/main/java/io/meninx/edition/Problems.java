package io.meninx.edition;

import io.meninx.edition.EditionException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with one edition, so that a person can mend all of it in one go. */
final class Problems {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int SHOWN_AT_MOST = 40;

  private final List<Problem> found = new ArrayList<>();

  void add(String path, String reason) {
    found.add(new Problem(path, reason));
  }

  boolean none() {
    return found.isEmpty();
  }

  void throwIfAny(String edition) {
    if (!found.isEmpty()) {
      throw new EditionException(edition, found);
    }
  }

  /** The path of a key of the section at {@code path}; the root has the empty path. */
  static String at(String path, String key) {
    if (!PLAIN_KEY.matcher(key).matches() || key.length() > SHOWN_AT_MOST) {
      return path + "['" + shown(key) + "']";
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an element of the list at {@code path}. */
  static String at(String path, int index) {
    return path + "[" + index + "]";
  }

  /** A text of the file, fit for one line of a terminal. */
  static String shown(String text) {
    String cut = text.length() <= SHOWN_AT_MOST ? text : text.substring(0, SHOWN_AT_MOST) + "...";
    return cut.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
  }
}
