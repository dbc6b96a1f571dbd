package io.meninx.service.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the service answers, and to whom. Off loopback what tells of patients needs tokens, and TLS
 * unless somebody states that it ends in front of the service; the settings are refused otherwise.
 *
 * @param host address or name to listen on; loopback unless stated
 * @param port to listen on; 0 takes any free one
 * @param api whether patients and alerts are told at all
 * @param tls key store of the server, for HTTPS
 * @param plaintext whether HTTP without TLS is wanted off loopback
 * @param tokens that are asked for; none asked for when absent
 * @param requestsPerMinute of each who asks
 * @param accessLogKey of the hashes in the access log; absent for one of this instance
 */
public record HttpSettings(
    String host,
    int port,
    boolean api,
    Optional<TlsSettings> tls,
    boolean plaintext,
    Optional<TokenSettings> tokens,
    int requestsPerMinute,
    Optional<Secret> accessLogKey) {

  /** Requests a minute unless stated: a page that is used, with room. */
  public static final int REQUESTS_PER_MINUTE = 1_200;

  /**
   * A key store.
   *
   * @param keyStore PKCS12 or JKS
   * @param password of it
   */
  public record TlsSettings(Path keyStore, Secret password) {}

  /** On loopback, without TLS and tokens. */
  public static HttpSettings local(int port) {
    return new HttpSettings(
        "127.0.0.1",
        port,
        true,
        Optional.empty(),
        false,
        Optional.empty(),
        REQUESTS_PER_MINUTE,
        Optional.empty());
  }

  /** Whether only this machine reaches it. */
  public boolean onLoopback() {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}")
        || host.equals("::1")
        || host.equals("[::1]");
  }
}
