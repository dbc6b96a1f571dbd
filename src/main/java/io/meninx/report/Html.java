package io.meninx.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML and SVG as it comes, keeping nothing but the names of the elements that are open. All
 * text and every attribute value is escaped, so nothing that came in from outside can become
 * markup; characters that can't be seen or turn the direction of writing are written by their
 * number.
 */
final class Html {
  private static final Set<String> ON_A_LINE_OF_THEIR_OWN =
      Set.of(
          "head", "body", "header", "main", "nav", "section", "footer", "h1", "h2", "h3", "h4", "p",
          "ul", "li", "dl", "div", "table", "caption", "thead", "tbody", "tr", "details", "summary",
          "svg", "g", "meta", "style", "script", "title", "path", "rect", "circle");

  private final Writer out;
  private final Deque<String> open = new ArrayDeque<>();
  private long written;

  Html(Writer out) {
    this.out = out;
  }

  /** Characters written so far. */
  long written() {
    return written;
  }

  /** Opens an element; attributes are names and values in turn. */
  Html open(String tag, String... attributes) {
    tag(tag, attributes, ">");
    open.push(tag);
    return this;
  }

  /** Closes the element that was opened last. */
  Html close() {
    raw("</" + open.pop() + ">");
    return this;
  }

  /** An element with text in it. */
  Html of(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element with nothing in it and no end tag in HTML. */
  Html single(String tag, String... attributes) {
    tag(tag, attributes, ">");
    return this;
  }

  /** An element of SVG with nothing in it. */
  Html shape(String tag, String... attributes) {
    tag(tag, attributes, "/>");
    return this;
  }

  /** Text, escaped. */
  Html text(String text) {
    raw(escaped(text));
    return this;
  }

  /** What belongs to the program itself: never anything that was read. */
  Html own(String markup) {
    raw(markup);
    return this;
  }

  private void tag(String tag, String[] attributes, String end) {
    StringBuilder text = new StringBuilder(64);
    if (ON_A_LINE_OF_THEIR_OWN.contains(tag)) {
      text.append('\n');
    }
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escaped(attributes[i + 1])).append('"');
    }
    raw(text.append(end).toString());
  }

  private void raw(String text) {
    try {
      out.write(text);
      written += text.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text as it may stand between tags and in a quoted attribute. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(point -> append(escaped, point));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int point) {
    switch (point) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> {
        if (isSeen(point)) {
          escaped.appendCodePoint(point);
        } else {
          escaped.append("\u27E8U+").append("%04X".formatted(point)).append('\u27E9');
        }
      }
    }
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
