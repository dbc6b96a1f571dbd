package io.meninx.docs;

import io.meninx.wire.Topic;
import java.util.List;

/**
 * What a topic is for.
 *
 * @param about what a record is, one sentence
 * @param key of its records, in words
 * @param writers who writes it
 * @param readers who reads it
 */
record TopicUse(String about, String key, List<String> writers, List<String> readers) {
  private static final String PATIENT = "patient id, UTF-8";
  private static final String STREAM = "`run`: the stream, in its transaction";
  private static final String READ_MODEL = "`run`: the read model behind page and interface";
  private static final String DECIDES = "`run`: the stream";
  private static final String REPLAY_CHECKS =
      "`replay --from kafka`, to see that none was left out";
  private static final String SENT_BACK = "`dlq replay`, what it sends back";
  private static final String YOURS = "systems of yours that take decisions on";

  static TopicUse of(Topic topic) {
    return switch (topic) {
      case IMAGING_REPORTS -> input("One version of a report on MRI, CT, PET-CT or a flow study");
      case CSF_CYTOLOGY_RESULTS ->
          input("One version of a result on a sample of cerebrospinal fluid");
      case BIOPSY_MOLECULAR_RESULTS ->
          input("One version of a result on histology and molecular markers");
      case KPS_UPDATES -> input("One version of a performance status");
      case CLINICAL_ASSESSMENTS ->
          input("One version of a clinical assessment, or an outcome (alive or dead)");
      case TREATMENT_EVENTS ->
          input(
              "One version of something ordered, started, given, completed, stopped or cancelled");
      case ALERT_RESPONSES ->
          new TopicUse(
              "A person's answer to alerts: acknowledged, snoozed or overridden",
              PATIENT,
              List.of(
                  "`run`: answers given on the page or by the interface",
                  "systems of yours in which people answer",
                  SENT_BACK),
              List.of(DECIDES, REPLAY_CHECKS));
      case CLOCK_TICKS ->
          new TopicUse(
              "The present time, told to one partition: the only thing that moves its logical time",
              "null",
              List.of("`run`: every instance, to every partition, every `tickInterval`"),
              List.of(DECIDES, READ_MODEL, REPLAY_CHECKS));
      case PATHWAY_EVENTS ->
          new TopicUse(
              "One change on a patient's pathway, with its rule and evidence",
              PATIENT,
              List.of(STREAM),
              List.of(YOURS, READ_MODEL));
      case PATHWAY_ALERTS ->
          new TopicUse(
              "One revision of an alert",
              PATIENT,
              List.of(STREAM),
              List.of(YOURS + "; those that tell people look at `notify`", READ_MODEL));
      case PATIENT_PATHWAYS ->
          new TopicUse(
              "The present state of a patient, written with the first fact and when its visible"
                  + " part changed; a null value takes the patient out of the read models",
              PATIENT,
              List.of(STREAM),
              List.of(YOURS, READ_MODEL));
      case PATHWAY_JOURNAL ->
          new TopicUse(
              "One entry for every input offset: the audit log, chained within the partition",
              "null",
              List.of(STREAM),
              List.of("`replay`, `export`, `explain`"));
      case DEAD_LETTERS ->
          new TopicUse(
              "An input that can never be kept, with its raw bytes and the reason",
              "raw key of the input if it has at most 1 KiB, else null",
              List.of(STREAM),
              List.of("`dlq`"));
      case DEAD_LETTERS_HANDLED ->
          new TopicUse(
              "What an operator did with a dead letter",
              "coordinates of the dead letter, TOPIC:PARTITION:OFFSET",
              List.of("`dlq replay`, `dlq discard`"),
              List.of("`dlq`"));
    };
  }

  private static TopicUse input(String about) {
    return new TopicUse(
        about,
        PATIENT,
        List.of("systems of yours", "`simulate --to kafka`", SENT_BACK),
        List.of(DECIDES, REPLAY_CHECKS));
  }
}
