package io.meninx.service.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every metric of Meninx' own: the one place that names them. topology-docs/metrics.md is written
 * from here, meters can't be made otherwise ({@link Meters}), and dashboards and rules are checked
 * against it.
 */
public enum Metric {
  // What comes in and what becomes of it.
  INPUTS(
      "meninx.inputs",
      Type.COUNTER,
      "",
      "Inputs by topic and what became of them; a duplicate of clock-ticks is a tick that told"
          + " nothing newer",
      Tag.INPUT_TOPIC,
      Tag.STATUS),
  INPUTS_LAG(
      "meninx.inputs.lag",
      Type.GAUGE,
      "records",
      "Committed inputs of the partitions of this instance on which it has not decided yet; of a"
          + " partition nothing is counted before its first commit here"),
  DEAD_LETTERS(
      "meninx.dead.letters", Type.COUNTER, "", "Dead letters written, by reason", Tag.POISON),
  ODD_FACTS(
      "meninx.facts.odd",
      Type.COUNTER,
      "",
      "Inputs decided on that were late (their clinical time lies before that of a report already"
          + " known of the patient), amended or withdrew a version that counted, or are"
          + " implausible",
      Tag.ODDITY),

  // Decisions.
  DECISIONS(
      "meninx.decisions",
      Type.COUNTER,
      "",
      "Decisions on one patient, by what made them necessary",
      Tag.CAUSE),
  DECISION_LATENCY(
      "meninx.decision.latency",
      Type.HISTOGRAM,
      "seconds",
      "From receipt of an input (the broker's time in the record) to the decision on it, before the"
          + " transaction is committed; by the clocks of broker and instance, never below zero",
      Tag.FACT_TOPIC),
  DUE_LATENCY(
      "meninx.due.latency",
      Type.HISTOGRAM,
      "seconds",
      "From receipt of the tick to each revision of an alert that came due by it"),
  EVENTS("meninx.events", Type.COUNTER, "", "Pathway events decided, by type", Tag.EVENT),
  ALERTS_RAISED(
      "meninx.alerts.raised",
      Type.COUNTER,
      "",
      "Alerts that opened, by what they were then; stage NONE for those without a due date",
      Tag.CODE,
      Tag.PRIORITY,
      Tag.ALERT_STAGE),
  ALERTS_RESOLVED(
      "meninx.alerts.resolved",
      Type.COUNTER,
      "",
      "Alerts that ended, RESOLVED or RETRACTED, by what they were last",
      Tag.CODE,
      Tag.PRIORITY,
      Tag.ALERT_STAGE),
  ALERTS_ENDED(
      "meninx.alerts.ended", Type.COUNTER, "", "The same alerts, by why they ended", Tag.ENDED),
  ALERTS_REACHED(
      "meninx.alerts.reached",
      Type.COUNTER,
      "",
      "Open alerts that came to a stage past their due date",
      Tag.REACHED,
      Tag.PRIORITY),
  NOTIFICATIONS(
      "meninx.alerts.notifications",
      Type.COUNTER,
      "",
      "Revisions of alerts that a notification service is to send",
      Tag.PRIORITY),
  JOURNAL_ENTRIES(
      "meninx.journal.entries", Type.COUNTER, "", "Entries of the journal that were made"),
  JOURNAL_WRITTEN(
      "meninx.journal.written",
      Type.COUNTER,
      "bytes",
      "Length of those entries as they are sent, before compression"),

  // Time.
  TICK_LAG(
      "meninx.tick.lag",
      Type.GAUGE,
      "seconds",
      "How far the logical time of the partition that is last is behind the clock of the instance;"
          + " up to an interval of ticks is usual. Before its first tick that counts from when the"
          + " instance took it over. 0 when it has none"),
  TICK_AGE(
      "meninx.tick.age",
      Type.GAUGE,
      "seconds",
      "Time since a tick was last accepted on any partition of the instance; -1 before the first"),
  TICKS_DROPPED(
      "meninx.ticks.dropped",
      Type.COUNTER,
      "",
      "Ticks that told nothing newer; other instances' ticks are among them"),
  TICKS_FUTURE(
      "meninx.ticks.from.future",
      Type.COUNTER,
      "",
      "Ticks more than 5 minutes ahead of their own record time: a clock is ahead"),
  TICKS_BEHIND(
      "meninx.ticks.behind",
      Type.COUNTER,
      "",
      "Ticks more than 5 minutes behind the logical time; dropped: a clock is behind"),
  TICK_GAPS(
      "meninx.ticks.gaps",
      Type.COUNTER,
      "",
      "Times that the logical time of a partition moved by more than 5 minutes at once"),

  // The instance.
  READY("meninx.ready", Type.GAUGE, "", "1 when /health/ready says yes, 0 when not"),
  LIVE("meninx.live", Type.GAUGE, "", "1 when /health/live says yes, 0 when not"),
  BUILD(
      "meninx.build",
      Type.GAUGE,
      "",
      "1; its tags are the version of the program and the guideline it decides by",
      Tag.VERSION,
      Tag.GUIDELINE),
  PARTITIONS("meninx.partitions", Type.GAUGE, "", "Partitions that the instance decides for"),
  PARTITIONS_CONFIGURED(
      "meninx.partitions.configured",
      Type.GAUGE,
      "",
      "Partitions there are; the sum of meninx_partitions over all instances when all is well"),
  PARTITIONS_WORKING(
      "meninx.partitions.working",
      Type.GAUGE,
      "",
      "Partitions on which work that is due is left for the next slice"),
  RESTORE_STORES(
      "meninx.restore.stores",
      Type.GAUGE,
      "",
      "Stores of partitions that are being restored; nothing is decided for these partitions"),
  RESTORE_REMAINING(
      "meninx.restore.remaining",
      Type.GAUGE,
      "records",
      "Changelog records that are still to be read before work goes on"),
  RESTORE_RESTORED(
      "meninx.restore.restored", Type.GAUGE, "records", "Changelog records read since the start"),
  STORE_SIZE(
      "meninx.store.size",
      Type.GAUGE,
      "bytes",
      "Files and memory of a store, over the partitions and standby copies of the instance",
      Tag.STORE),
  STORE_ROWS(
      "meninx.store.rows",
      Type.GAUGE,
      "",
      "Rows of a store as RocksDB estimates them, over the same",
      Tag.STORE),

  // All patients, whatever the instance.
  PATIENTS(
      "meninx.patients",
      Type.SHARED_GAUGE,
      "",
      "Patients by stage of the pathway",
      Tag.PATIENT_STAGE),
  ALERTS_OPEN(
      "meninx.alerts.open",
      Type.SHARED_GAUGE,
      "",
      "Open alerts; stage NONE for those without a due date",
      Tag.CODE,
      Tag.PRIORITY,
      Tag.ALERT_STAGE),
  ALERTS_OVERDUE(
      "meninx.alerts.overdue",
      Type.SHARED_GAUGE,
      "",
      "Open alerts that are OVERDUE or CRITICAL",
      Tag.PRIORITY),
  ALERTS_UNACKNOWLEDGED(
      "meninx.alerts.unacknowledged",
      Type.SHARED_GAUGE,
      "",
      "Open alerts that nobody has answered: ACTIVE or ESCALATED",
      Tag.PRIORITY),
  ALERTS_UNACKNOWLEDGED_AGE(
      "meninx.alerts.unacknowledged.age",
      Type.SHARED_GAUGE,
      "seconds",
      "How long the one has waited that has waited longest at this priority, logical time against"
          + " the clock; 0 when none waits",
      Tag.PRIORITY),
  ALERT_LATENCY(
      "meninx.alert.latency",
      Type.SHARED_HISTOGRAM,
      "seconds",
      "From receipt of an input or tick to the moment at which a revision of an alert can be read"
          + " by consumers of committed records: decision, transaction and delivery. Counted once"
          + " the read model has first caught up"),
  READ_MODEL_BEHIND(
      "meninx.read.model.behind",
      Type.GAUGE,
      "records",
      "Committed records of the output topics that the read model has not read yet"),
  READ_MODEL_AGE(
      "meninx.read.model.age",
      Type.GAUGE,
      "seconds",
      "Time since that was last measured, every second when the cluster answers; before the first"
          + " time, since the start"),
  READ_MODEL_UNREADABLE(
      "meninx.read.model.unreadable",
      Type.GAUGE,
      "records",
      "Records that the read model could not read and leaves out, since its files were made"),
  READ_MODEL_SKIPPED(
      "meninx.read.model.skipped",
      Type.GAUGE,
      "records",
      "Records that brokers deleted before the read model had read them, since its files were"
          + " made"),
  READ_MODEL_ALERTS_NOT_READ(
      "meninx.read.model.alerts.not.read",
      Type.GAUGE,
      "",
      "Open alerts that the states of patients name and of which the read model has no revision:"
          + " they are in no list and in no other count. Absent until it has caught up"),
  READ_MODEL_SIZE(
      "meninx.read.model.size", Type.GAUGE, "bytes", "Files and memory of the read model"),
  JOURNAL_RECORDS(
      "meninx.journal.records",
      Type.SHARED_GAUGE,
      "",
      "Offsets of the journal topic from its first to its end, with the marks of transactions;"
          + " asked for every 30 s, absent when the cluster has not answered for 2 minutes"),

  // The last audit.
  REPLAY_ENTRIES(
      "meninx.replay.entries",
      Type.REPLAY_GAUGE,
      "",
      "Entries of the journal by what came of deciding them again",
      Tag.VERDICT),
  REPLAY_DIVERGENCES(
      "meninx.replay.divergences",
      Type.REPLAY_GAUGE,
      "",
      "Entries that are decided otherwise now: DIVERGED and ENGINE_CHANGED"),
  REPLAY_CHAIN_BREAKS(
      "meninx.replay.chain.breaks", Type.REPLAY_GAUGE, "", "Partitions whose journal is not whole"),
  REPLAY_REPRODUCED(
      "meninx.replay.reproduced",
      Type.REPLAY_GAUGE,
      "",
      "1 when the journal is whole and every decision that can be made again is the same now, 0"
          + " when not"),
  REPLAY_FINISHED(
      "meninx.replay.finished.timestamp",
      Type.REPLAY_GAUGE,
      "seconds",
      "When the audit ended, since 1970");

  /** Buckets of every histogram; 250 ms is the aim from receipt to alert. */
  public static final List<Duration> BUCKETS =
      Stream.of(
              5, 10, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 2_000, 5_000,
              10_000, 30_000, 60_000)
          .map(Duration::ofMillis)
          .toList();

  private static final PrometheusNamingConvention NAMING = new PrometheusNamingConvention();

  private final String key;
  private final Type type;
  private final String unit;
  private final String meaning;
  private final List<Tag> tags;

  Metric(String key, Type type, String unit, String meaning, Tag... tags) {
    this.key = key;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
    this.tags = List.of(tags);
  }

  /** What it counts over, and how. */
  public enum Type {
    /** Goes up since the start of the instance; add up over instances. */
    COUNTER(Meter.Type.COUNTER, "counter"),
    /** Of the instance now. */
    GAUGE(Meter.Type.GAUGE, "gauge"),
    /** Of all patients now, the same on every instance: take the greatest, never the sum. */
    SHARED_GAUGE(Meter.Type.GAUGE, "gauge, the same everywhere"),
    /** Times since the start of the instance, in {@link #BUCKETS}; add up over instances. */
    HISTOGRAM(Meter.Type.TIMER, "histogram"),
    /** The same of all patients, on every instance. */
    SHARED_HISTOGRAM(Meter.Type.TIMER, "histogram, the same everywhere"),
    /** Of the last audit, in the file of {@code replay --metrics}. */
    REPLAY_GAUGE(Meter.Type.GAUGE, "gauge, of the last audit");

    private final Meter.Type meter;
    private final String words;

    Type(Meter.Type meter, String words) {
      this.meter = meter;
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    boolean histogram() {
      return meter == Meter.Type.TIMER;
    }
  }

  /** Its name in Micrometer. */
  public String key() {
    return key;
  }

  /** Its name in Prometheus, without the {@code _bucket}, {@code _sum} and so on of a histogram. */
  public String prometheusName() {
    String name = NAMING.name(key, type.meter, unit.isEmpty() ? null : unit);
    return type == Type.COUNTER ? name + "_total" : name;
  }

  /** Every name under which Prometheus has series of it. */
  public List<String> seriesNames() {
    String name = prometheusName();
    return type.histogram()
        ? Stream.of("_bucket", "_count", "_sum", "_max").map(name::concat).toList()
        : List.of(name);
  }

  /** What it is. */
  public Type type() {
    return type;
  }

  /** Unit of its value; empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** What it tells. */
  public String meaning() {
    return meaning;
  }

  /** Its tags, in the order in which values are given to {@link Meters}. */
  public List<Tag> tags() {
    return tags;
  }
}
