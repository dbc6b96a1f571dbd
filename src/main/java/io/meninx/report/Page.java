package io.meninx.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame of the page. Style and script are inside; a content security policy names their hashes
 * and forbids everything else, so the page can load nothing and no text in it can run.
 */
final class Page {
  private static final String STYLE = resource("/report/report.css");
  private static final String SCRIPT = resource("/report/report.js");

  private Page() {}

  /** Everything up to the beginning of the content. */
  static void begin(Html html, String title) {
    html.own("<!DOCTYPE html>").open("html", "lang", "en").open("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", policy());
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single("meta", "name", "referrer", "content", "no-referrer");
    html.single("meta", "name", "color-scheme", "content", "light dark");
    html.of("title", title);
    html.open("style").own(STYLE).close();
    html.close().open("body");
    html.of("a", "Skip to the content", "class", "skip", "href", "#content");
  }

  /** Everything after the content. */
  static void end(Html html) {
    html.open("script").own(SCRIPT).close().close().close().own("\n");
  }

  /** A table's caption and its heads; those of numbers begin with {@code >}. */
  static void table(Html html, String caption, List<String> heads) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    html.open("table").of("caption", caption).open("thead").open("tr");
    for (String head : heads) {
      boolean number = head.startsWith(">");
      html.of("th", number ? head.substring(1) : head, "scope", "col", "class", number ? "n" : "h");
    }
    html.close().close().open("tbody");
  }

  /** Ends a table. */
  static void endTable(Html html) {
    html.close().close().close();
  }

  /** A cell with a time, which is not broken into lines. */
  static void time(Html html, Instant at) {
    html.of("td", Wording.time(at), "class", "t");
  }

  /** A cell with a number. */
  static void number(Html html, long number) {
    html.of("td", Wording.number(number), "class", number == 0 ? "n zero" : "n");
  }

  /** A field to filter by; shown by the script, since it does nothing without. */
  static void filter(Html html, String target, String label) {
    html.open("p", "class", "filter", "hidden", "");
    html.open("label").text(label + " ");
    html.single("input", "type", "search", "data-filter", target, "autocomplete", "off");
    html.close().own(" ").of("span", "", "role", "status").close();
  }

  private static String policy() {
    return "default-src 'none'; style-src "
        + source(STYLE)
        + "; script-src "
        + source(SCRIPT)
        + "; base-uri 'none'; form-action 'none'";
  }

  private static String source(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String resource(String name) {
    try (@Nullable InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
