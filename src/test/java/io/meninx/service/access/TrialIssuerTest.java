package io.meninx.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.service.http.ProblemException;
import io.meninx.service.settings.TokenSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialIssuerTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private Path directory;

  @Test
  void itsTokensAreTakenByAServiceThatNamesItsPublicKey() throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    String token =
        TrialIssuer.in(directory).token("anna", Set.of(Role.VIEWER, Role.AUDITOR), HOUR, now);

    assertThat(identify(directory, token))
        .isEqualTo(
            new Identity("anna", Set.of(Role.VIEWER, Role.AUDITOR), Optional.of(now.plus(HOUR))));
  }

  @Test
  void theKeyIsMadeOnceAndIsItsOwnersAlone() throws IOException {
    String first = TrialIssuer.in(directory).token("anna", Set.of(), HOUR, Instant.now());
    TrialIssuer.in(directory);

    assertThat(identify(directory, first).subject()).isEqualTo("anna");
    Path secret = directory.resolve("private.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(directory.resolve(TrialIssuer.PUBLIC_KEYS)).content().doesNotContain("\"d\"");
    assertThat(directory).isDirectoryNotContaining("glob:**.key*");
  }

  @Test
  void anotherDirectoryIsAnotherIssuer() throws IOException {
    TrialIssuer.in(directory.resolve("ours"));
    String token =
        TrialIssuer.in(directory.resolve("theirs")).token("eve", Set.of(), HOUR, Instant.now());

    assertThatThrownBy(() -> identify(directory.resolve("ours"), token))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void aDirectoryThatCannotBeUsedIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Files.writeString(directory.resolve("private.json"), "{}");

    assertThatThrownBy(() -> TrialIssuer.in(file)).hasMessageContaining(file.toString());
    assertThatThrownBy(() -> TrialIssuer.in(directory)).hasMessageContaining("is not a key");
  }

  private static Identity identify(Path keys, String token) throws IOException {
    TokenSettings settings =
        new TokenSettings(
            keys.resolve(TrialIssuer.PUBLIC_KEYS).toString(),
            TrialIssuer.NAME,
            TrialIssuer.NAME,
            TokenSettings.DEFAULT_ALGORITHMS,
            "roles");
    return new TokenAuthenticator(settings).identify(Optional.of("Bearer " + token));
  }
}
