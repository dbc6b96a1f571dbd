package io.meninx.readmodel;

import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Published;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A read model that tests fill by hand. */
public final class StoredReadModel implements Feed, AutoCloseable {
  private final Database database;
  private final Tally tally = new Tally();
  private final Applier applier;
  private final ReadModel model;
  private final List<Consumer<List<AlertRow>>> watchers = new CopyOnWriteArrayList<>();
  private long offset;

  public StoredReadModel(Path directory) {
    database = new Database(directory);
    applier = new Applier(database, tally);
    model = new ReadModel(database);
  }

  public void event(Published<PathwayEvent> event) {
    events(List.of(event));
  }

  /** Written at once. */
  public void events(List<Published<PathwayEvent>> events) {
    events.forEach(event -> applier.event(event, offset++, 0));
    write();
  }

  public void alert(Published<AlertRevision> alert) {
    applier.alert(alert, offset++, 0);
    write();
  }

  public void pathway(Pathway pathway) {
    applier.pathway(
        pathway,
        new OutputWriter("", "").pathway(pathway.patientId(), pathway.at(), pathway.state()).body(),
        0);
    write();
  }

  private void write() {
    tell(applier.write());
  }

  /** Tells streams of these, as if they had changed at once. */
  public void tell(List<AlertRow> changed) {
    watchers.forEach(watcher -> watcher.accept(changed));
  }

  /** How many there are at present. */
  public Figures figures() {
    return new Figures(database, tally);
  }

  /** How many streams are open. */
  public int watchers() {
    return watchers.size();
  }

  @Override
  public ReadModel model() {
    return model;
  }

  @Override
  public Behind behind() {
    return new Behind(
        3,
        Optional.of(Samples.START),
        Duration.ofHours(1),
        applier.newest(),
        applier.newest().map(newest -> newest.plusSeconds(90)),
        0,
        applier.skipped(),
        OptionalLong.of(figures().alertsNotRead()));
  }

  @Override
  public Runnable watch(Consumer<List<AlertRow>> watcher) {
    watchers.add(watcher);
    return () -> watchers.remove(watcher);
  }

  @Override
  public void close() {
    applier.close();
    database.close();
  }
}
