package io.meninx.readmodel;

import io.meninx.fact.PatientId;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.PathwayEvent;
import io.meninx.wire.OutputReader;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers from the rows. Safe for use by several threads. A page is read at one moment; between two
 * pages rows may have moved, so a list that is walked to its end has every row that did not change
 * meanwhile, once.
 */
public final class ReadModel {
  /** Rows looked at for one page: a rare state is told with several pages, not with a long wait. */
  private static final int MOST_ROWS = 10_000;

  private static final byte[] FIRST = new byte[0];

  private final Database database;

  /** Not safe for several threads, and costly to make: those that nobody uses at the moment. */
  private final Queue<OutputReader> readers = new ConcurrentLinkedQueue<>();

  ReadModel(Database database) {
    this.database = database;
  }

  /** The present state of a patient; nothing when none was ever told. */
  public Optional<Pathway> patient(PatientId patient) {
    return database.atOneMoment(rows -> patient(rows, patient));
  }

  private Optional<Pathway> patient(Database.Moment rows, PatientId patient) {
    return rows.get(Rows.patient(patient.value()))
        .map(
            row ->
                read(
                    row,
                    (reader, body) ->
                        reader.pathway(
                            Topic.PATIENT_PATHWAYS.valueSchema(), body, 0, body.length)));
  }

  /** The same with the open alerts; nothing when no state was ever told. */
  public Optional<PatientView> view(PatientId patient) {
    return database.atOneMoment(rows -> view(rows, patient));
  }

  private Optional<PatientView> view(Database.Moment rows, PatientId patient) {
    return patient(rows, patient)
        .map(
            pathway -> {
              List<AlertRow> open = openAlerts(rows, patient);
              Set<Slot> read =
                  open.stream()
                      .map(row -> row.last().value())
                      .map(last -> new Slot(last.code().name(), last.gap().orElse("")))
                      .collect(Collectors.toSet());
              return new PatientView(
                  pathway,
                  why(rows, patient, pathway),
                  open,
                  pathway.state().openAlerts().stream()
                      .filter(line -> !read.contains(Slot.of(line)))
                      .toList());
            });
  }

  /** As many rows as there are things, however many events there were about them. */
  private List<PathwayEvent> why(Database.Moment rows, PatientId patient, Pathway pathway) {
    List<PathwayEvent> events = new ArrayList<>();
    rows.walk(
        Rows.newest(patient.value()),
        FIRST,
        row -> {
          Thing.Place place = Thing.Place.of(row.value());
          byte[] event =
              rows.get(Rows.timeline(patient.value(), place.at(), false, place.offset()))
                  .orElseThrow(() -> new ReadModelException("a row of the read model is missing"));
          events.add(event(event).value());
          return true;
        });
    events.removeIf(event -> !Thing.stands(event, pathway));
    events.sort(Comparator.comparing(PathwayEvent::at));
    return events;
  }

  /** Open alerts of a patient, the most urgent first. */
  public List<AlertRow> openAlerts(PatientId patient) {
    return database.atOneMoment(rows -> openAlerts(rows, patient));
  }

  private List<AlertRow> openAlerts(Database.Moment rows, PatientId patient) {
    List<AlertRow> open = new ArrayList<>();
    byte[] prefix = Rows.openOf(patient.value());
    rows.walk(
        prefix,
        FIRST,
        row -> {
          ByteBuffer rest =
              ByteBuffer.wrap(row.key(), prefix.length, row.key().length - prefix.length);
          row(rows, Rows.text(rest)).ifPresent(open::add);
          return true;
        });
    open.sort(
        Comparator.comparing((AlertRow row) -> row.last().value().priority())
            .reversed()
            .thenComparing(AlertRow::openedAt));
    return open;
  }

  /**
   * What was decided for a patient, oldest first.
   *
   * @param cursor of the page before; absent for the first page
   * @param limit at most so many
   * @throws CursorException it is of another list
   */
  public Page<TimelineEntry> timeline(PatientId patient, Optional<String> cursor, int limit) {
    byte[] prefix = Rows.timeline(patient.value());
    return page(prefix, prefix, cursor, limit, (rows, row) -> Optional.of(entry(rows, row)));
  }

  /**
   * Alerts, the most urgent first, of those the ones open longest; ended ones by when they ended,
   * the last first.
   *
   * @param cursor of the page before; absent for the first page
   * @param limit at most so many
   * @throws CursorException it is of another list
   */
  public Page<AlertRow> alerts(AlertQuery query, Optional<String> cursor, int limit) {
    byte[] prefix = Rows.index(query);
    return page(
        Rows.list(query),
        prefix,
        cursor,
        limit,
        (rows, row) ->
            row(rows, Rows.alertOf(row.key(), prefix.length, query))
                .filter(
                    alert ->
                        query.state().isEmpty()
                            || query.state().get() == alert.last().value().state()));
  }

  /** An alert as it is now. */
  public Optional<AlertRow> alert(String key) {
    return database.atOneMoment(rows -> row(rows, key));
  }

  /** All its revisions, oldest first; none when there is no such alert. */
  public List<Published<AlertRevision>> revisions(String key) {
    List<Published<AlertRevision>> revisions = new ArrayList<>();
    database.walk(
        Rows.revisions(key),
        FIRST,
        row -> {
          revisions.add(alertOf(row.value()));
          return true;
        });
    return revisions;
  }

  private Optional<AlertRow> row(Database.Moment rows, String key) {
    return rows.get(Rows.head(key))
        .map(Head::of)
        .flatMap(
            head ->
                rows.get(Rows.revision(key, head.revision()))
                    .map(row -> new AlertRow(head.openedAt(), alertOf(row))));
  }

  private TimelineEntry entry(Database.Moment rows, Database.Row row) {
    if (Rows.ofAlert(row.key())) {
      ByteBuffer value = ByteBuffer.wrap(row.value());
      String key = Rows.text(value);
      byte[] revision =
          rows.get(Rows.revision(key, value.getInt()))
              .orElseThrow(() -> new ReadModelException("a row of the read model is missing"));
      return new TimelineEntry.OfAlert(alertOf(revision));
    }
    return new TimelineEntry.OfEvent(event(row.value()));
  }

  private Published<PathwayEvent> event(byte[] row) {
    return read(
        row,
        (reader, body) ->
            reader.event(
                Topic.PATHWAY_EVENTS.valueSchema(), body, Long.BYTES, body.length - Long.BYTES));
  }

  private Published<AlertRevision> alertOf(byte[] row) {
    return read(
        row,
        (reader, body) -> reader.alert(Topic.PATHWAY_ALERTS.valueSchema(), body, 0, body.length));
  }

  private <T> Page<T> page(
      byte[] list, byte[] prefix, Optional<String> cursor, int limit, Item<T> item) {
    byte[] after = cursor.map(text -> joined(prefix, Cursors.place(list, text))).orElse(FIRST);
    Walk<T> walk =
        database.atOneMoment(
            rows -> {
              Walk<T> taken = new Walk<>(limit, row -> item.of(rows, row));
              rows.walk(prefix, after, taken::take);
              return taken;
            });
    return new Page<>(
        walk.items,
        walk.more
            ? Optional.of(
                Cursors.of(list, Arrays.copyOfRange(walk.last, prefix.length, walk.last.length)))
            : Optional.empty());
  }

  /** What a row of an index stands for. */
  private interface Item<T> {
    Optional<T> of(Database.Moment rows, Database.Row row);
  }

  /** What a walk over rows has so far. */
  private static final class Walk<T> {
    private final int limit;
    private final Function<Database.Row, Optional<T>> item;
    private final List<T> items = new ArrayList<>();
    private byte[] last = FIRST;
    private int looked;
    private boolean more;

    Walk(int limit, Function<Database.Row, Optional<T>> item) {
      this.limit = limit;
      this.item = item;
    }

    boolean take(Database.Row row) {
      if (items.size() >= limit || looked >= MOST_ROWS) {
        more = true;
        return false;
      }
      item.apply(row).ifPresent(items::add);
      last = row.key();
      looked++;
      return true;
    }
  }

  private static byte[] joined(byte[] prefix, byte[] rest) {
    return ByteBuffer.allocate(prefix.length + rest.length).put(prefix).put(rest).array();
  }

  private interface Reading<T> {
    T of(OutputReader reader, byte[] body) throws PoisonRecordException;
  }

  private <T> T read(byte[] row, Reading<T> reading) {
    OutputReader idle = readers.poll();
    OutputReader reader = idle == null ? new OutputReader() : idle;
    try {
      return reading.of(reader, row);
    } catch (PoisonRecordException e) {
      throw new ReadModelException("a row of the read model is damaged", e);
    } finally {
      readers.add(reader);
    }
  }
}
