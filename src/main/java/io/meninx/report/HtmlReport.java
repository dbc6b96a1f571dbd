package io.meninx.report;

import io.meninx.edition.Statements;
import io.meninx.fact.PatientId;
import io.meninx.replay.PatientTimeline;
import io.meninx.replay.ReplayResult;
import io.meninx.replay.ReportWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * {@code report.html} (contract section 7): one file for a quality committee. It loads nothing,
 * says nothing that is not in the journal or computed from it, and has no time of the machine in
 * it, so two runs give identical bytes. Differences are taken from {@code diff.jsonl} of the same
 * directory. It is bounded ({@link Limits}); what is left out is said.
 */
public final class HtmlReport implements ReportWriter {
  /** Name of the file. */
  public static final String NAME = "report.html";

  private final Limits limits;

  /** A report of the usual size. */
  public HtmlReport() {
    this(Limits.STANDARD);
  }

  /** A report of another size. */
  public HtmlReport(Limits limits) {
    this.limits = limits;
  }

  @Override
  public void write(Path directory, ReplayResult result, Timelines timelines) throws IOException {
    Differences differences =
        result.whatIf().isPresent() ? Differences.NONE : Differences.read(directory, limits);
    Selection selection = Selection.of(result, differences, limits);
    Path part = directory.resolve(NAME + ".part");
    try (BufferedWriter out = Files.newBufferedWriter(part)) {
      Statements statements = Statements.shipped();
      TimelineSection drawings =
          TimelineSection.draw(result, selection, drawn(selection, timelines), limits);
      Html html = new Html(out);
      Page.begin(html, title(result));
      html.open("main", "id", "content");
      SummarySection.write(html, result, title(result));
      result
          .whatIf()
          .ifPresentOrElse(
              whatIf ->
                  new WhatIfSection(html, result, whatIf, statements, drawings).write(selection),
              () -> new DivergenceSection(html, result, differences, statements, drawings).write());
      drawings.copyTo(html);
      SummarySection.details(html, result);
      html.close();
      Page.end(html);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    Files.move(part, directory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String title(ReplayResult result) {
    return result.whatIf().isPresent()
        ? "What another guideline would have decided"
        : "Audit: every decision made again";
  }

  /** Everything about those to be drawn, in the order in which they are drawn. */
  private static Map<PatientId, PatientTimeline> drawn(Selection selection, Timelines timelines) {
    Map<PatientId, PatientTimeline> drawn = new LinkedHashMap<>();
    if (selection.toDraw().isEmpty()) {
      return drawn;
    }
    List<PatientTimeline> found = timelines.of(new LinkedHashSet<>(selection.toDraw()));
    Map<PatientId, PatientTimeline> byPatient = new LinkedHashMap<>();
    found.forEach(timeline -> byPatient.put(timeline.patient(), timeline));
    for (PatientId patient : selection.toDraw()) {
      if (byPatient.containsKey(patient)) {
        drawn.put(patient, byPatient.get(patient));
      }
    }
    return drawn;
  }
}
