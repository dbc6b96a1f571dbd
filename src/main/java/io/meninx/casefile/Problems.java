package io.meninx.casefile;

import io.meninx.casefile.CaseFileException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects what is wrong with one file, so that a person can mend all of it in one go. */
final class Problems {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final int KEY_SHOWN_AT_MOST = 60;

  private final List<Problem> found = new ArrayList<>();

  void add(String path, String reason) {
    found.add(new Problem(path, reason));
  }

  int count() {
    return found.size();
  }

  void throwIfAny(String file) {
    if (!found.isEmpty()) {
      throw new CaseFileException(file, found);
    }
  }

  /** The path of a key of the object at {@code path}. */
  static String at(String path, String key) {
    String shown =
        key.length() <= KEY_SHOWN_AT_MOST ? key : key.substring(0, KEY_SHOWN_AT_MOST) + "...";
    return PLAIN_KEY.matcher(shown).matches()
        ? path + "." + shown
        : path + "['" + shown.replaceAll("[\\p{Cntrl}'\\\\]", "?") + "']";
  }

  /** The path of an element of the array at {@code path}. */
  static String at(String path, int index) {
    return path + "[" + index + "]";
  }
}
