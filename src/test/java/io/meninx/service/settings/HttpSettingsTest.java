package io.meninx.service.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Off loopback nothing of patients without tokens and TLS, unless somebody states otherwise. */
class HttpSettingsTest {
  private static final String TOKENS = "jwks: keys.json, issuer: https://issuer, audience: meninx";

  @TempDir private Path directory;

  private List<String> problems(String http, Map<String, String> more) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config.yaml"),
            """
            kafka: {bootstrapServers: "broker:9092"}
            schemaRegistry: {url: "http://registry:8081"}
            http: {%s}
            """
                .formatted(http));
    Map<String, String> environment = new HashMap<>(Map.of("HOSTNAME", "a"));
    environment.putAll(more);
    try {
      ServiceSettings.load(file, environment);
      return List.of();
    } catch (SettingsException e) {
      return e.problems().stream().map(Object::toString).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3", "\"::1\""})
  void onLoopbackNothingMoreIsNeeded(String host) throws IOException {
    assertThat(problems("host: " + host, Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "meninx.example", "127.example", "\"::\""})
  void offLoopbackTokensAndTlsAreNeeded(String host) throws IOException {
    assertThat(problems("host: " + host, Map.of()))
        .hasSize(2)
        .anySatisfy(problem -> assertThat(problem).contains("http.host", "http.jwks"))
        .anySatisfy(problem -> assertThat(problem).contains("http.host", "http.tlsKeyStore"));
  }

  @Test
  void plaintextIsAllowedWhenStatedButNeverWithoutTokens() throws IOException {
    assertThat(problems("host: 0.0.0.0, plaintext: true", Map.of())).hasSize(1);
    assertThat(problems("host: 0.0.0.0, plaintext: true, " + TOKENS, Map.of())).isEmpty();
  }

  @Test
  void withTlsAndTokensItIsInOrder() throws IOException {
    Map<String, String> password = Map.of("MENINX_HTTP_TLS_KEY_STORE_PASSWORD", "s3cret");
    assertThat(problems("host: 0.0.0.0, tlsKeyStore: a.p12, " + TOKENS, password)).isEmpty();
  }

  @Test
  void healthAndMetricsAloneNeedNothing() throws IOException {
    assertThat(problems("host: 0.0.0.0, api: false", Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jwks: keys.json",
        "issuer: a, audience: b",
        "jwks: \"http://issuer.example/keys\", issuer: a, audience: b",
        "algorithms: [none], " + TOKENS,
        "algorithms: [HS256], " + TOKENS,
        "tlsKeyStore: a.p12",
        "tlsKeyStorePassword: s3cret, tlsKeyStore: a.p12"
      })
  void halfOrUnsafeSettingsAreRefused(String http) throws IOException {
    assertThat(problems(http, Map.of())).isNotEmpty();
  }
}
