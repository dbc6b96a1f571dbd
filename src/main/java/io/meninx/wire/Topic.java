package io.meninx.wire;

import io.meninx.wire.avro.BiopsyMolecularResult;
import io.meninx.wire.avro.ClinicalAssessment;
import io.meninx.wire.avro.ClockTick;
import io.meninx.wire.avro.CsfCytologyResult;
import io.meninx.wire.avro.ImagingReport;
import io.meninx.wire.avro.JournalEntry;
import io.meninx.wire.avro.KpsUpdate;
import io.meninx.wire.avro.PathwayAlert;
import io.meninx.wire.avro.PathwayEvent;
import io.meninx.wire.avro.PatientPathway;
import io.meninx.wire.avro.TreatmentEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Every topic (contract section 2): its name without the prefix, which way it goes, the schema of
 * its values.
 */
public enum Topic {
  IMAGING_REPORTS("imaging-reports", Direction.INPUT, ImagingReport.getClassSchema()),
  CSF_CYTOLOGY_RESULTS("csf-cytology-results", Direction.INPUT, CsfCytologyResult.getClassSchema()),
  BIOPSY_MOLECULAR_RESULTS(
      "biopsy-molecular-results", Direction.INPUT, BiopsyMolecularResult.getClassSchema()),
  KPS_UPDATES("kps-updates", Direction.INPUT, KpsUpdate.getClassSchema()),
  /** Carries OUTCOME too. */
  CLINICAL_ASSESSMENTS(
      "clinical-assessments", Direction.INPUT, ClinicalAssessment.getClassSchema()),
  TREATMENT_EVENTS("treatment-events", Direction.INPUT, TreatmentEvent.getClassSchema()),
  ALERT_RESPONSES(
      "alert-responses", Direction.INPUT, io.meninx.wire.avro.AlertResponse.getClassSchema()),
  /** Key null; one record per partition and tick. */
  CLOCK_TICKS("clock-ticks", Direction.INPUT, ClockTick.getClassSchema()),
  PATHWAY_EVENTS("pathway-events", Direction.OUTPUT, PathwayEvent.getClassSchema()),
  PATHWAY_ALERTS("pathway-alerts", Direction.OUTPUT, PathwayAlert.getClassSchema()),
  /** Compacted. */
  PATIENT_PATHWAYS("patient-pathways", Direction.OUTPUT, PatientPathway.getClassSchema()),
  PATHWAY_JOURNAL("pathway-journal", Direction.OUTPUT, JournalEntry.getClassSchema()),
  /** Takes records of up to {@link DeadLetter#MAX_RECORD_BYTES}. */
  DEAD_LETTERS("dead-letters", Direction.OUTPUT, io.meninx.wire.avro.DeadLetter.getClassSchema()),
  /**
   * Compacted, kept for ever: what operators did with dead letters. The stream neither reads nor
   * writes it.
   */
  DEAD_LETTERS_HANDLED(
      "dead-letters-handled",
      Direction.OPERATIONS,
      io.meninx.wire.avro.DeadLetterHandled.getClassSchema());

  private final String baseName;
  private final Direction direction;
  private final Schema valueSchema;

  Topic(String baseName, Direction direction, Schema valueSchema) {
    this.baseName = baseName;
    this.direction = direction;
    this.valueSchema = valueSchema;
  }

  /** Which way a topic goes. */
  public enum Direction {
    /** Read by the stream. */
    INPUT,
    /** Written by the stream. */
    OUTPUT,
    /** Written and read by commands of operators only. */
    OPERATIONS
  }

  /** The name without a prefix; the journal and dead letters use it. */
  public String baseName() {
    return baseName;
  }

  /** Which way it goes. */
  public Direction direction() {
    return direction;
  }

  /** Newest schema of its values, as it is registered. */
  public Schema valueSchema() {
    return valueSchema;
  }

  /**
   * The name in a deployment; the prefix is put in front as it is, with its own separator if it has
   * one.
   */
  public String name(String prefix) {
    return prefix + baseName;
  }

  /** The subject of its values in the registry. */
  public String subject(String prefix) {
    return name(prefix) + "-value";
  }

  /** The topic with this name in a deployment. */
  public static Optional<Topic> of(String prefix, String name) {
    return Arrays.stream(values()).filter(topic -> topic.name(prefix).equals(name)).findFirst();
  }

  /** All inputs, clock-ticks included, in the order of the contract. */
  public static List<Topic> inputs() {
    return all(Direction.INPUT);
  }

  /** All outputs, in the order of the contract. */
  public static List<Topic> outputs() {
    return all(Direction.OUTPUT);
  }

  private static List<Topic> all(Direction direction) {
    return Arrays.stream(values()).filter(topic -> topic.direction == direction).toList();
  }
}
