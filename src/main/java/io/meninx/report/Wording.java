package io.meninx.report;

import io.meninx.replay.WhatIf.Change;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Codes, numbers and times as people read them. Times are UTC. */
final class Wording {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Set<String> ABBREVIATIONS =
      Set.of("MRI", "CSF", "KPS", "EGFR", "TKI", "ALK", "CNS", "MDT", "LM", "STAT");

  private Wording() {}

  /** A code in words: MRI_DUE becomes "MRI due". Gap codes behind a space stay as they are. */
  static String code(String code) {
    int gap = code.indexOf(' ');
    String name = gap < 0 ? code : code.substring(0, gap);
    String words =
        Arrays.stream(name.split("_", -1))
            .map(word -> ABBREVIATIONS.contains(word) ? word : word.toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(" "));
    String first = words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT);
    return first
        + (words.isEmpty() ? "" : words.substring(1))
        + (gap < 0 ? "" : code.substring(gap));
  }

  /** Type and code of an event, and its gap: "RECOMMENDATION_ISSUED MDT_REVIEW G1". */
  static String event(String name) {
    int space = name.indexOf(' ');
    return space < 0
        ? code(name)
        : code(name.substring(0, space)) + ": " + code(name.substring(space + 1));
  }

  static String code(Enum<?> code) {
    return code(code.name());
  }

  /** With separators between thousands. */
  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** "1 patient", "2 patients". */
  static String count(long number, String one, String many) {
    return number(number) + " " + (number == 1 ? one : many);
  }

  /** To the minute, or to the second when there are any. */
  static String time(Instant at) {
    return (at.getEpochSecond() % 60 == 0 ? MINUTE : SECOND).format(at);
  }

  static String time(Optional<Instant> at) {
    return at.map(Wording::time).orElse("\u2013");
  }

  /** A length of time, to its two largest units. */
  static String length(Duration duration) {
    Duration length = duration.abs();
    List<String> parts = new ArrayList<>();
    part(parts, length.toDays(), "d");
    part(parts, length.toHoursPart(), "h");
    part(parts, length.toMinutesPart(), "min");
    part(parts, length.toSecondsPart(), "s");
    return parts.isEmpty()
        ? "less than 1 s"
        : String.join(" ", parts.subList(0, Math.min(2, parts.size())));
  }

  private static void part(List<String> parts, long amount, String unit) {
    if (amount > 0) {
      parts.add(number(amount) + " " + unit);
    }
  }

  /** How much later something comes: negative is earlier. */
  static String shift(Duration shift) {
    if (shift.isZero()) {
      return "same time";
    }
    return length(shift) + (shift.isNegative() ? " earlier" : " later");
  }

  static String change(Change change) {
    return switch (change) {
      case GONE -> "\u2715 not at all";
      case NEW -> "+ new";
      case EARLIER -> "\u2190 earlier";
      case LATER -> "\u2192 later";
      case OTHERWISE -> "\u2260 otherwise";
    };
  }

  /** Cut to so many characters. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(0, most - 1);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end).stripTrailing() + "\u2026";
  }

  /** The beginning of a hash, enough to tell two apart. */
  static String hash(String hash) {
    return hash.length() <= 12 ? hash : hash.substring(0, 12);
  }
}
