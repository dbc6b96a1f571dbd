package io.meninx.service.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Set;

/**
 * Signs tokens with a key in a directory, for trying the HTTP interface where there is no identity
 * provider. The service never reads the private key, and takes such tokens only when its settings
 * name the public one.
 */
public final class TrialIssuer {
  /** Issuer and audience of its tokens. */
  public static final String NAME = "meninx-trial";

  /** The file for {@code http.jwks}. */
  public static final String PUBLIC_KEYS = "jwks.json";

  private static final String PRIVATE_KEY = "private.json";

  private final ECKey key;

  private TrialIssuer(ECKey key) {
    this.key = key;
  }

  /**
   * With the key in this directory, which only its owner can read, and which is made when there is
   * none.
   *
   * @throws IOException the directory cannot be used, with its path
   */
  public static TrialIssuer in(Path directory) throws IOException {
    Path secret = directory.resolve(PRIVATE_KEY);
    try {
      Files.createDirectories(directory);
      if (!Files.exists(secret)) {
        write(secret, generated().toJSONString(), "rw-------");
      }
      ECKey key = ECKey.parse(Files.readString(secret));
      write(directory.resolve(PUBLIC_KEYS), new JWKSet(key).toString(true), "rw-r--r--");
      return new TrialIssuer(key);
    } catch (ParseException e) {
      throw new IOException(secret + " is not a key", e);
    } catch (IOException e) {
      throw new IOException(directory + " cannot be read or written", e);
    }
  }

  /** Whole or not at all, and never readable for more people than it is meant for. */
  private static void write(Path file, String text, String permissions) throws IOException {
    Path part =
        Files.createTempFile(
            file.toAbsolutePath().getParent(),
            ".key",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(part, text);
    Files.setPosixFilePermissions(part, PosixFilePermissions.fromString(permissions));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static ECKey generated() throws IOException {
    try {
      return new ECKeyGenerator(Curve.P_256)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint(true)
          .generate();
    } catch (JOSEException e) {
      throw new IOException(e);
    }
  }

  /**
   * A token, good from now on.
   *
   * @param subject who it is for
   * @param roles what they may do
   * @param lifetime how long it is good
   * @param now by the clock of the machine
   */
  public String token(String subject, Set<Role> roles, Duration lifetime, Instant now) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(NAME)
            .audience(NAME)
            .subject(subject)
            .claim("roles", roles.stream().sorted().map(Role::word).toList())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(lifetime)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("the key does not sign", e);
    }
    return token.serialize();
  }
}
