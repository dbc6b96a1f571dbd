package io.meninx.edition;

import io.meninx.edition.EditionException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with one file, so that a person can mend all of it in one go. */
public final class Problems {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int SHOWN_AT_MOST = 40;

  private final List<Problem> found = new ArrayList<>();

  /** None yet. */
  public Problems() {}

  /**
   * Adds one.
   *
   * @param path where; empty for the file as a whole
   * @param reason what is wrong and what is allowed
   */
  public void add(String path, String reason) {
    found.add(new Problem(path, reason));
  }

  /** All so far, in the order in which they were added. */
  public List<Problem> found() {
    return List.copyOf(found);
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
  public static String at(String path, String key) {
    if (!PLAIN_KEY.matcher(key).matches() || key.length() > SHOWN_AT_MOST) {
      return path + "['" + shown(key) + "']";
    }
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an element of the list at {@code path}. */
  public static String at(String path, int index) {
    return path + "[" + index + "]";
  }

  /** A text of the file, fit for one line of a terminal. */
  public static String shown(String text) {
    String cut = text.length() <= SHOWN_AT_MOST ? text : text.substring(0, SHOWN_AT_MOST) + "...";
    return cut.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]", "?");
  }
}
