package io.meninx.service.settings;

import java.time.Duration;

/**
 * Topics of the deployment (contract section 2).
 *
 * @param prefix in front of every name, with its own separator if it has one
 * @param partitions of every topic; cannot be changed later
 * @param replicationFactor of topics that are made
 * @param minInSyncReplicas replicas that must have a record before it counts as written
 * @param maxMessageBytes largest record of the outputs
 * @param inputRetention how long inputs are kept: longer than any stop of the service
 * @param tickRetention how long ticks are kept
 * @param outputRetention how long events and alerts are kept; longer than alerts stay open
 * @param journalRetention how long the journal is kept on Kafka; older parts are in the archive
 * @param deadLetterRetention how long dead letters are kept
 */
public record TopicSettings(
    String prefix,
    int partitions,
    int replicationFactor,
    int minInSyncReplicas,
    int maxMessageBytes,
    Duration inputRetention,
    Duration tickRetention,
    Duration outputRetention,
    Duration journalRetention,
    Duration deadLetterRetention) {}
