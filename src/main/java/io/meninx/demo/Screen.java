package io.meninx.demo;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseFile.Arrival;
import io.meninx.explain.Words;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PathwayEvent;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Prints what arrives and what is decided, a line each: the time, the patient, what, and why.
 * Nothing here decides anything. Not thread-safe.
 */
public final class Screen {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int NAME_COLUMN = 9;
  private static final int NARROWEST = 60;

  private final PrintWriter out;
  private final Style style;
  private final int width;
  private String lastStamp = "";

  /**
   * A screen.
   *
   * @param out where it is printed
   * @param colour whether escape sequences may be used
   * @param width columns; longer lines are cut
   */
  public Screen(PrintWriter out, boolean colour, int width) {
    this.out = out;
    this.style = new Style(colour);
    this.width = Math.max(width, NARROWEST);
  }

  /** A line about the program itself. */
  void note(String text) {
    out.println(style.dim(cut(text, width)));
    out.flush();
  }

  /** A heading. */
  void heading(String text) {
    out.println();
    out.println(style.bold(cut(text, width)));
  }

  /** An empty or plain line. */
  void line(String text) {
    out.println(cut(text, width));
  }

  void arrived(CaseFile file, Arrival arrival) {
    String kind = arrival.fact().kind().name();
    row(arrival.at(), file.name(), "+ ", kind, Words.of(arrival.fact()), style::bold, style::plain);
  }

  void decided(CaseFile file, PathwayEvent event) {
    row(event.at(), file.name(), "  ", Words.of(event), Words.why(event), style::cyan, style::dim);
  }

  void alerted(CaseFile file, AlertRevision alert) {
    String state = alert.state() == AlertState.ACTIVE ? "" : " " + Words.lower(alert.state());
    String reason = alert.resolutionReason().map(r -> " (" + Words.lower(r) + ")").orElse("");
    String what = alert.priority() + " " + Words.of(alert) + state + reason;
    row(
        alert.at(),
        file.name(),
        alert.state().open() ? "! " : "- ",
        what,
        alert.summary(),
        text -> style.priority(alert, text),
        style::plain);
  }

  void ended(CaseFile file, String summary) {
    row(file.end(), file.name(), "= ", "end of the case", summary, style::bold, style::dim);
  }

  /** One row; the stamp of time and patient is printed when it changes. */
  private void row(
      Instant at,
      String name,
      String sign,
      String what,
      String why,
      java.util.function.UnaryOperator<String> whatStyle,
      java.util.function.UnaryOperator<String> whyStyle) {
    String stamp = TIME.format(at) + "  " + pad(name, NAME_COLUMN);
    String shown = stamp.equals(lastStamp) ? " ".repeat(stamp.length()) : stamp;
    lastStamp = stamp;
    int room = width - stamp.length() - 1 - sign.length();
    String head = cut(what, room);
    int left = room - head.length() - 2;
    String tail = left < 8 || why.isBlank() ? "" : "  " + whyStyle.apply(cut(why, left));
    out.println(style.dim(shown) + " " + sign + whatStyle.apply(head) + tail);
    out.flush();
  }

  /** Text of at least this many columns. */
  static String pad(String text, int columns) {
    return text.length() >= columns ? text : text + " ".repeat(columns - text.length());
  }

  /** Text of at most this many columns, without control characters. */
  static String cut(String text, int columns) {
    String clean = text.replaceAll("\\p{Cntrl}", " ");
    return clean.length() <= columns ? clean : clean.substring(0, Math.max(0, columns - 1)) + "…";
  }

  /** Colours, or none. */
  private record Style(boolean colour) {

    String plain(String text) {
      return text;
    }

    String bold(String text) {
      return escape("1", text);
    }

    String dim(String text) {
      return escape("2", text);
    }

    String cyan(String text) {
      return escape("36", text);
    }

    String priority(AlertRevision alert, String text) {
      if (!alert.state().open()) {
        return escape("32", text);
      }
      return switch (alert.priority()) {
        case STAT -> escape("1;31", text);
        case URGENT -> escape("33", text);
        case ROUTINE -> escape("34", text);
      };
    }

    private String escape(String code, String text) {
      return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
  }
}
