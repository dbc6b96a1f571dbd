package io.meninx.service.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.meninx.service.http.ProblemException;
import io.meninx.service.settings.TokenSettings;
import io.meninx.wire.FactStructure;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bearer tokens (RFC 6750) that are signed JWTs (RFC 7519). Only algorithms of the list count, and
 * none of the list has a key that is not public: a token without signature, or signed with the
 * public key as a shared secret, is refused. Issuer, audience, subject and expiry must be stated;
 * the subject goes into the journal with what its person answers, so one that has no room there may
 * not read either.
 */
public final class TokenAuthenticator implements Authenticator {
  private static final String SCHEME = "bearer ";
  private static final int LONGEST = 8_192;
  private static final int CLOCK_SKEW_SECONDS = 30;
  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 2_000;
  private static final int LARGEST_KEY_SET = 1 << 20;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final List<String> rolesClaim;

  /**
   * Tokens by these settings.
   *
   * @throws IOException the file of the keys cannot be read
   */
  public TokenAuthenticator(TokenSettings settings) throws IOException {
    Set<JWSAlgorithm> algorithms =
        settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(algorithms, keys(settings.jwks())));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp"));
    claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
    processor.setJWTClaimsSetVerifier(claims);
    rolesClaim = List.of(settings.rolesClaim().split("\\."));
  }

  /** Keys are read again every few minutes, and when a token names one that is not known. */
  private static JWKSource<SecurityContext> keys(String jwks) throws IOException {
    return JWKSourceBuilder.<SecurityContext>create(
            address(jwks),
            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST_KEY_SET))
        .retrying(true)
        .build();
  }

  private static URL address(String jwks) throws IOException {
    try {
      if (jwks.contains("://")) {
        return URI.create(jwks).toURL();
      }
      Path file = Path.of(jwks);
      JWKSet.load(file.toFile());
      return file.toUri().toURL();
    } catch (ParseException | MalformedURLException e) {
      throw new IOException("http.jwks: " + jwks + " is not a JSON Web Key Set", e);
    }
  }

  @Override
  public Identity identify(Optional<String> authorization) {
    String header = authorization.orElse("");
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemException.unauthorized("A bearer token is needed.");
    }
    if (header.length() > LONGEST) {
      throw ProblemException.unauthorized("The token is too long.");
    }
    try {
      JWTClaimsSet claims = processor.process(header.substring(SCHEME.length()).strip(), null);
      if (claims.getSubject() == null || !FactStructure.isId(claims.getSubject())) {
        throw ProblemException.unauthorized(
            "The subject of the token (sub) must be a text of 1 to %d bytes of UTF-8."
                .formatted(FactStructure.MAX_ID_BYTES));
      }
      return new Identity(
          claims.getSubject(), roles(claims), Optional.of(claims.getExpirationTime().toInstant()));
    } catch (KeySourceException e) {
      throw new ProblemException(503, "The keys of the tokens cannot be had now.", e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      // Which check failed is for nobody who tries.
      throw ProblemException.unauthorized("The token is not accepted.");
    }
  }

  private Set<Role> roles(JWTClaimsSet claims) {
    Object value = claims.getClaims();
    for (String step : rolesClaim) {
      value = value instanceof Map<?, ?> map && map.containsKey(step) ? map.get(step) : List.of();
    }
    Collection<?> words =
        switch (value) {
          case Collection<?> several -> several;
          case String text -> Arrays.asList(text.split(" ", -1));
          case null, default -> List.of();
        };
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (words.contains(role.word())) {
        roles.add(role);
      }
    }
    return roles;
  }
}
