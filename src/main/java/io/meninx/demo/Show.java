package io.meninx.demo;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.CaseRecorder;
import io.meninx.casefile.CaseResult.Rejected;
import io.meninx.demo.MergedClock.CaseArrival;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts in order what the partitions hand out side by side: by the time of the decision, then by
 * patient, then as it was decided. Not thread-safe.
 */
final class Show implements CaseRecorder.Listener {

  private static final Comparator<Line> ORDER =
      Comparator.comparing(Line::at).thenComparing(line -> line.file().name());

  private final Screen screen;
  private final List<Line> waiting = new ArrayList<>();
  private final Map<String, Integer> refused = new HashMap<>();

  Show(Screen screen) {
    this.screen = screen;
  }

  /** Something to print. */
  private record Line(Instant at, CaseFile file, Runnable print) {}

  @Override
  public void decided(CaseFile file, PathwayEvent event) {
    waiting.add(new Line(event.at(), file, () -> screen.decided(file, event)));
  }

  @Override
  public void alerted(CaseFile file, AlertRevision alert) {
    waiting.add(new Line(alert.at(), file, () -> screen.alerted(file, alert)));
  }

  @Override
  public void rejected(CaseFile file, Rejected fact, boolean kept) {
    if (!kept) {
      refused.merge(file.name(), 1, Integer::sum);
    }
  }

  /** A fact arrives: printed in front of what is decided on it. */
  void arrives(CaseArrival it) {
    waiting.add(
        new Line(it.arrival().at(), it.file(), () -> screen.arrived(it.file(), it.arrival())));
  }

  /** Prints what has come together. */
  void print() {
    waiting.stream().sorted(ORDER).forEach(line -> line.print().run()); // a stable sort
    waiting.clear();
  }

  /** How many facts of a case became dead letters. */
  int deadLetters(CaseFile file) {
    return refused.getOrDefault(file.name(), 0);
  }
}
