package io.meninx.service.settings;

import java.time.Duration;

/**
 * How one instance runs the stream.
 *
 * @param threads of the stream; no more are busy than there are partitions
 * @param standbyReplicas copies of each partition's state on other instances
 * @param groupProtocol by which instances share the partitions
 * @param sessionTimeout after which an instance that is silent is taken for dead
 * @param heartbeatInterval how often an instance says that it lives
 * @param transactionTimeout after which the broker aborts what a dead instance left open; readers
 *     wait so long at the most
 * @param commitInterval how often decisions become visible
 * @param rocksdbMemoryBytes bound of the memory of all stores together, outside the heap
 */
public record StreamSettings(
    int threads,
    int standbyReplicas,
    Protocol groupProtocol,
    Duration sessionTimeout,
    Duration heartbeatInterval,
    Duration transactionTimeout,
    Duration commitInterval,
    long rocksdbMemoryBytes) {

  /** Who shares out the partitions. */
  public enum Protocol {
    /**
     * The instances among themselves. Time-outs are settings of the instance, so a takeover within
     * 30 s needs nothing of the brokers; so it is the one used unless stated.
     */
    CLASSIC,
    /**
     * The broker (KIP-1071, Kafka 4.2 or newer). Time-outs and standby replicas are settings of the
     * group on the brokers, which {@code topics --create} writes; the brokers' own lower bound of
     * the session time-out is 45 s unless they are configured otherwise.
     */
    STREAMS
  }
}
