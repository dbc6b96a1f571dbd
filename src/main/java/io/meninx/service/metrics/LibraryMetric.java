package io.meninx.service.metrics;

/**
 * Metrics that libraries name and dashboards and rules use: a new version of a library may rename
 * them, and a test against the running service tells.
 */
public enum LibraryMetric {
  HEAP_USED(
      "jvm_memory_used_bytes", "gauge", "bytes", "Memory in use; `area=\"heap\"` is the heap"),
  HEAP_MAX("jvm_memory_max_bytes", "gauge", "bytes", "The most it may be"),
  HEAP_LIVE(
      "jvm_gc_live_data_size_bytes", "gauge", "bytes", "Old objects after the last collection"),
  PAUSES("jvm_gc_pause_seconds_sum", "counter", "seconds", "Time spent in pauses of the collector"),
  THREADS("jvm_threads_live_threads", "gauge", "", "Threads"),
  PROCESSOR(
      "process_cpu_usage", "gauge", "", "Part of all processors that the process uses, 0 to 1"),
  STARTED("process_start_time_seconds", "gauge", "seconds", "When the process started, since 1970"),
  UPTIME("process_uptime_seconds", "gauge", "seconds", "Since the process started"),
  COMMIT_TIME(
      "kafka_stream_thread_commit_latency_avg",
      "gauge",
      "milliseconds",
      "Time of a commit of the stream, on average"),
  PROCESS_RATE(
      "kafka_stream_thread_process_rate",
      "gauge",
      "",
      "Records processed by a thread of the stream, a second"),
  SEND_ERRORS(
      "kafka_producer_record_error_rate",
      "gauge",
      "",
      "Records a producer could not send, a second"),
  REBALANCES(
      "kafka_consumer_coordinator_rebalance_rate_per_hour",
      "gauge",
      "",
      "Rebalances of the group, an hour");

  private final String prometheusName;
  private final String type;
  private final String unit;
  private final String meaning;

  LibraryMetric(String prometheusName, String type, String unit, String meaning) {
    this.prometheusName = prometheusName;
    this.type = type;
    this.unit = unit;
    this.meaning = meaning;
  }

  /** Its name in Prometheus. */
  public String prometheusName() {
    return prometheusName;
  }

  /** Counter or gauge. */
  public String type() {
    return type;
  }

  /** Of its value; empty for a plain number. */
  public String unit() {
    return unit;
  }

  /** What it tells. */
  public String meaning() {
    return meaning;
  }
}
