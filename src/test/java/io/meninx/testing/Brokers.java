package io.meninx.testing;

import java.util.List;
import java.util.Map;

/** The nodes of a cluster, numbered from 1, wherever they run. */
interface Brokers extends AutoCloseable {
  /**
   * What they are to be.
   *
   * @param detours for each node the port that its second listener tells clients to come to; what
   *     comes there is expected at {@link #detourPort}
   * @param settings of every broker
   */
  record Plan(List<Integer> detours, Map<String, String> settings) {
    public Plan {
      detours = List.copyOf(detours);
      settings = Map.copyOf(settings);
    }

    int nodes() {
      return detours.size();
    }
  }

  /** What they are, for reports. */
  String description();

  /** Where clients reach a node directly, {@code host:port}. */
  String address(int node);

  /** The port, on the same host, of a node's second listener. */
  int detourPort(int node);

  /** SIGKILL; returns when it is gone. */
  void kill(int node);

  /** Starts a killed node again, on its old log and address; returns when it takes connections. */
  void restart(int node);

  @Override
  void close();
}
