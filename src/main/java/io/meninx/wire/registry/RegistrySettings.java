package io.meninx.wire.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the registry client, under the names of Confluent's client, so that an existing
 * configuration fits.
 *
 * @param urls to try, in order; each may have a path
 * @param authorization value of the Authorization header; a secret
 * @param autoRegister whether unknown schemas are registered, {@code auto.register.schemas}
 * @param useLatest whether the subject's newest version names the id, {@code use.latest.version}
 * @param normalize whether the registry is to compare schemas in normal form, {@code
 *     normalize.schemas}
 * @param ssl the settings {@code schema.registry.ssl.*} by their whole names; secrets
 * @param connectTimeout for one connection
 * @param requestTimeout for one request to one address
 * @param callTimeout for one call, all addresses together: a fraction of the transaction time-out
 *     (10 s)
 */
public record RegistrySettings(
    List<URI> urls,
    Optional<String> authorization,
    boolean autoRegister,
    boolean useLatest,
    boolean normalize,
    Map<String, String> ssl,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration callTimeout) {

  /** List of addresses, separated by commas. */
  public static final String URL = "schema.registry.url";

  /** USER_INFO (with {@link #USER_INFO}) or URL (user and password before the host). */
  public static final String CREDENTIALS_SOURCE = "basic.auth.credentials.source";

  /** USER:PASSWORD. */
  public static final String USER_INFO = "basic.auth.user.info";

  /** A token. */
  public static final String BEARER_TOKEN = "bearer.auth.token";

  /** Whether unknown schemas are registered; true unless stated. */
  public static final String AUTO_REGISTER = "auto.register.schemas";

  /** Whether the subject's newest version names the id; false unless stated. */
  public static final String USE_LATEST = "use.latest.version";

  /** Whether the registry compares in normal form; false unless stated. */
  public static final String NORMALIZE = "normalize.schemas";

  /** How subjects are named; only {@code TopicNameStrategy}, which is {@code <topic>-value}. */
  public static final String SUBJECT_NAMES = "value.subject.name.strategy";

  private static final String PREFIX = "schema.registry.";
  private static final String BEARER_SOURCE = "bearer.auth.credentials.source";

  /** With or without the prefix, as Confluent's client takes them. */
  private static final Set<String> NAMES =
      Set.of(
          CREDENTIALS_SOURCE,
          USER_INFO,
          BEARER_SOURCE,
          BEARER_TOKEN,
          AUTO_REGISTER,
          USE_LATEST,
          NORMALIZE,
          SUBJECT_NAMES);

  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(1000);
  private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(1500);
  private static final Duration CALL_TIMEOUT = Duration.ofMillis(3000);

  public RegistrySettings {
    urls = List.copyOf(urls);
    ssl = Map.copyOf(ssl);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException(URL + " is missing");
    }
  }

  /** Settings for one registry without authentication. */
  public static RegistrySettings of(String url) {
    return from(Map.of(URL, url));
  }

  /**
   * Reads settings; names that are not about the registry are left alone, and one that is and that
   * nobody would look at is an error.
   *
   * @throws IllegalArgumentException a value can't be used, or a setting is not supported; the
   *     message names it and never repeats a secret
   */
  public static RegistrySettings from(Map<String, String> settings) {
    requireKnownNames(settings);
    requireTopicNames(settings);
    List<URI> given = urls(settings.get(URL));
    return new RegistrySettings(
        given.stream().map(RegistrySettings::withoutUserInfo).toList(),
        authorization(settings, given),
        flag(settings, AUTO_REGISTER, true),
        flag(settings, USE_LATEST, false),
        flag(settings, NORMALIZE, false),
        ssl(settings),
        CONNECT_TIMEOUT,
        REQUEST_TIMEOUT,
        CALL_TIMEOUT);
  }

  /**
   * The same, with another limit.
   *
   * @param limit for one connection, one request and one call
   */
  public RegistrySettings withLimit(Duration limit) {
    return new RegistrySettings(
        urls, authorization, autoRegister, useLatest, normalize, ssl, limit, limit, limit);
  }

  /** Never prints the credentials. */
  @Override
  public String toString() {
    return "RegistrySettings[urls="
        + urls
        + ", autoRegister="
        + autoRegister
        + ", useLatest="
        + useLatest
        + "]";
  }

  /** A misspelt name, or a feature that is not there, must not be dropped without a word. */
  private static void requireKnownNames(Map<String, String> settings) {
    settings.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !isKnown(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(name + " is not supported");
            });
  }

  private static boolean isKnown(String name) {
    return name.equals(URL)
        || NAMES.contains(name.substring(PREFIX.length()))
        || RegistryTls.knows(name);
  }

  private static void requireTopicNames(Map<String, String> settings) {
    value(settings, SUBJECT_NAMES)
        .filter(strategy -> !strategy.endsWith("TopicNameStrategy"))
        .ifPresent(
            _ -> {
              throw new IllegalArgumentException(
                  SUBJECT_NAMES + " must be TopicNameStrategy: a subject is called <topic>-value");
            });
  }

  private static Map<String, String> ssl(Map<String, String> settings) {
    Map<String, String> ssl = new HashMap<>(settings);
    ssl.keySet().removeIf(name -> !RegistryTls.knows(name));
    return ssl;
  }

  private static List<URI> urls(@Nullable String value) {
    List<URI> urls = new ArrayList<>();
    for (String part : (value == null ? "" : value).split(",", -1)) {
      if (!part.isBlank()) {
        urls.add(url(part.strip()));
      }
    }
    return urls;
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Told below; the exception repeats the text, which may hold a password.
    }
    throw new IllegalArgumentException(URL + " is not a list of http or https addresses");
  }

  private static URI withoutUserInfo(URI uri) {
    try {
      return new URI(
          uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("A parsed address does not print", e);
    }
  }

  private static Optional<String> authorization(Map<String, String> settings, List<URI> urls) {
    Optional<String> token = value(settings, BEARER_TOKEN);
    Optional<String> user = basicUser(settings, urls);
    if (token.isPresent() && user.isPresent()) {
      throw new IllegalArgumentException(
          BEARER_TOKEN + " and basic authentication exclude each other");
    }
    value(settings, BEARER_SOURCE)
        .filter(source -> !source.equals("STATIC_TOKEN"))
        .ifPresent(
            _ -> {
              throw new IllegalArgumentException(BEARER_SOURCE + " must be STATIC_TOKEN");
            });
    return token
        .map(text -> "Bearer " + text)
        .or(
            () ->
                user.map(
                    text ->
                        "Basic "
                            + Base64.getEncoder()
                                .encodeToString(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static Optional<String> basicUser(Map<String, String> settings, List<URI> urls) {
    String source = value(settings, CREDENTIALS_SOURCE).orElse("URL").toUpperCase(Locale.ROOT);
    return switch (source) {
      case "URL" -> urls.stream().map(URI::getUserInfo).filter(info -> info != null).findFirst();
      case "USER_INFO" ->
          Optional.of(
              value(settings, USER_INFO)
                  .filter(text -> text.indexOf(':') > 0)
                  .orElseThrow(
                      () -> new IllegalArgumentException(USER_INFO + " must be USER:PASSWORD")));
      default ->
          throw new IllegalArgumentException(CREDENTIALS_SOURCE + " must be USER_INFO or URL");
    };
  }

  private static Optional<String> value(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null && !name.startsWith(PREFIX)) {
      value = settings.get(PREFIX + name);
    }
    return Optional.ofNullable(value).filter(text -> !text.isBlank());
  }

  private static boolean flag(Map<String, String> settings, String name, boolean otherwise) {
    String value = value(settings, name).orElse(Boolean.toString(otherwise));
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " must be true or false");
    };
  }
}
