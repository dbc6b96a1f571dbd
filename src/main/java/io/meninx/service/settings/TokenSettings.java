package io.meninx.service.settings;

import java.util.List;

/**
 * Which bearer tokens count.
 *
 * @param jwks file or URL of the JSON Web Key Set
 * @param issuer that they must name
 * @param audience that they must name
 * @param algorithms of signatures that count
 * @param rolesClaim name of the claim with the roles; a dot goes into an object
 */
public record TokenSettings(
    String jwks, String issuer, String audience, List<String> algorithms, String rolesClaim) {
  /** With a public key each, so that whoever can check a token cannot make one. */
  public static final List<String> KNOWN_ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  /** Unless others are asked for. */
  public static final List<String> DEFAULT_ALGORITHMS = List.of("RS256", "PS256", "ES256");

  public TokenSettings {
    algorithms = List.copyOf(algorithms);
  }
}
