package io.meninx.cli;

import static io.meninx.cli.Deployed.meninx;
import static io.meninx.cli.Deployed.oneBroker;
import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.cli.Deployed.Instance;
import io.meninx.embedded.EmbeddedKafka;
import io.meninx.embedded.EmbeddedKafka.SecureListener;
import io.meninx.testing.JavaProcess;
import io.meninx.wire.registry.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of settings work on listeners with security as they stand, names apart. */
@Timeout(180)
class SecureClusterIT {
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"meninx\""
          + " password=\"%s\";";

  @TempDir private Path directory;
  private Certificates certificates;

  @BeforeEach
  void make() throws IOException {
    certificates = Certificates.in(directory);
    Files.writeString(directory.resolve("ca.pem"), certificates.pemCertificate("registry"));
    Files.writeString(
        directory.resolve("meninx.pem"),
        certificates.pemKey("client") + certificates.pemCertificate("client"));
    Files.writeString(directory.resolve("meninx-registry"), "meninx:s3cret\n");
  }

  @Test
  void aClientThatProvesByPasswordOverTlsWhoItIs() throws Exception {
    Map<String, String> broker = new HashMap<>(tls());
    broker.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    broker.put(
        "listener.name.secure.scram-sha-512.sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    var listener = new SecureListener("SASL_SSL", broker);
    try (Deployed deployed = new Deployed(directory, EmbeddedKafka.start(listener))) {
      addUser(deployed);
      Files.writeString(directory.resolve("meninx-jaas"), JAAS.formatted("s3cret"));
      Path config = example(deployed, "sasl-ssl");
      assertRuns(deployed, config);

      Files.writeString(directory.resolve("meninx-jaas"), JAAS.formatted("wrong"));
      Instance refused = deployed.run("refused", config);
      assertThat(refused.exit(Duration.ofSeconds(60))).isEqualTo(4);
      assertThat(refused.said())
          .contains("meninx: the cluster does not let this client in")
          .doesNotContain("password=");
    }
  }

  @Test
  void aClientThatProvesByCertificateWhoItIs() throws Exception {
    Map<String, String> broker = new HashMap<>(tls());
    broker.put("ssl.client.auth", "required");
    broker.put("ssl.truststore.location", certificates.trust("client", "PKCS12").toString());
    broker.put("ssl.truststore.type", "PKCS12");
    broker.put("ssl.truststore.password", Certificates.PASSWORD);
    var listener = new SecureListener("SSL", broker);
    try (Deployed deployed = new Deployed(directory, EmbeddedKafka.start(listener))) {
      assertRuns(deployed, example(deployed, "mtls"));
    }
  }

  private void assertRuns(Deployed deployed, Path config) throws InterruptedException {
    var created = meninx("topics", "--create", "--config", config.toString());
    assertThat(created.err()).isEmpty();
    assertThat(created.exit()).isZero();
    Instance instance = deployed.run("secure", config);
    instance.awaitReady();
    deployed.awaitJournal();
    JavaProcess.signal(instance.process(), "TERM");
    assertThat(instance.exit(STOP)).isZero();
    assertThat(instance.said()).doesNotContain("s3cret").doesNotContain("PRIVATE KEY");
  }

  private Map<String, String> tls() {
    return Map.of(
        "ssl.keystore.location",
        certificates.keys("registry").toString(),
        "ssl.keystore.type",
        "PKCS12",
        "ssl.keystore.password",
        Certificates.PASSWORD,
        "ssl.key.password",
        Certificates.PASSWORD);
  }

  private static void addUser(Deployed deployed) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, deployed.bootstrapServers()))) {
      var credentials = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
      admin
          .alterUserScramCredentials(
              List.of(new UserScramCredentialUpsertion("meninx", credentials, "s3cret")))
          .all()
          .get();
    }
  }

  private Path example(Deployed deployed, String name) throws IOException {
    String text =
        Files.readString(Path.of("topology-docs/examples/" + name + ".yaml"))
            .replaceAll(
                "bootstrapServers: .*", "bootstrapServers: " + deployed.secureBootstrapServers())
            .replaceAll("url: .*", "url: " + deployed.registry.url())
            .replaceAll("/run/secrets|/etc/meninx", directory.toString())
            .replaceAll("stateDir: .*", "stateDir: " + directory.resolve("state"));
    return deployed.write(name, text + oneBroker() + "\nhttp: {port: 0}\n");
  }
}
