package io.meninx.topology;

import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.Topic;
import java.util.List;

/**
 * The name of every part of the topology. Names of stores are part of the names of changelog
 * topics: changing one loses state, so they change only with a migration.
 */
public final class Names {
  /** Decodes, decides, keeps and hands on. */
  public static final String PROCESSOR = "decide";

  /**
   * One row per report with all its versions, those that can still matter first; and which report
   * an event id belongs to.
   */
  public static final String FACTS = "facts";

  /**
   * What the engine keeps of a patient beside the reports, a row for what changes together; and the
   * last revision of every alert that ended.
   */
  public static final String PATHWAYS = "pathways";

  /** Due times in order. */
  public static final String TIMERS = "timers";

  /**
   * One row: logical time, position and link of the journal; and inputs kept since before the first
   * tick.
   */
  public static final String PARTITION = "partition";

  /** Every store. */
  public static final List<String> STORES = List.of(FACTS, PATHWAYS, TIMERS, PARTITION);

  /** The sink that writes alerts as CloudEvents, where that is wanted. */
  public static final String CLOUD_EVENTS = "write-" + AlertCloudEvents.TOPIC;

  private Names() {}

  /** The source that reads a topic. */
  public static String source(Topic topic) {
    return "read-" + topic.baseName();
  }

  /** The sink that writes a topic. */
  public static String sink(Topic topic) {
    return "write-" + topic.baseName();
  }
}
