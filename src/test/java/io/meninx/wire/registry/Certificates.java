package io.meninx.wire.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A registry's and a client's certificate, each signed by itself, made anew by the JDK's keytool,
 * in every format a deployment may have them.
 */
public final class Certificates {
  /** Of every store. */
  public static final String PASSWORD = "not-a-secret-1";

  private final Path directory;

  private Certificates(Path directory) {
    this.directory = directory;
  }

  /** Makes them in this directory. */
  public static Certificates in(Path directory) {
    Certificates made = new Certificates(directory);
    made.pair("registry", "-ext", "SAN=dns:localhost");
    made.pair("client");
    return made;
  }

  /** PKCS12 with a private key: {@code registry} or {@code client}. */
  public Path keys(String who) {
    return directory.resolve(who + ".p12");
  }

  /** A store that holds only the certificate. */
  public Path trust(String who, String type) {
    Path file = directory.resolve(who + "-trust." + type);
    try (var out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance(type);
      trusted.load(null, null);
      trusted.setCertificateEntry(who, certificate(who));
      trusted.store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The certificate as text. */
  public String pemCertificate(String who) {
    try {
      return pem("CERTIFICATE", certificate(who).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** The private key as text. */
  public String pemKey(String who) {
    try {
      return pem("PRIVATE KEY", store(who).getKey(who, PASSWORD.toCharArray()).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a registry that knows the client. */
  SSLContext registry() {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store("registry"), PASSWORD.toCharArray());
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      KeyStore clients = KeyStore.getInstance("PKCS12");
      clients.load(null, null);
      clients.setCertificateEntry("client", certificate("client"));
      trust.init(clients);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Certificate certificate(String who) throws GeneralSecurityException {
    return store(who).getCertificate(who);
  }

  private KeyStore store(String who) {
    try {
      return KeyStore.getInstance(keys(who).toFile(), PASSWORD.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void pair(String who, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                who,
                "-dname",
                "CN=" + who,
                "-storetype",
                "PKCS12",
                "-keystore",
                keys(who).toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(more));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said =
          new String(
              keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new AssertionError("keytool: " + said);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }
}
