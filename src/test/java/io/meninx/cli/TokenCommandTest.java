package io.meninx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void aTokenIsPrintedAndNothingElse() throws Exception {
    assertThat(token("--subject", "anna", "--role", "auditor", "--hours", "2")).isZero();

    var claims = SignedJWT.parse(out.toString().strip()).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("anna");
    assertThat(claims.getStringListClaim("roles")).containsExactly("auditor");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofHours(2));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void withoutMoreItIsForSomebodyWhoReadsAndAnswers() throws Exception {
    assertThat(token()).isZero();

    assertThat(
            SignedJWT.parse(out.toString().strip()).getJWTClaimsSet().getStringListClaim("roles"))
        .containsExactly("viewer", "responder");
  }

  @Test
  void wrongUseIsTold() {
    assertThat(token("--role", "admin")).isEqualTo(2);
    assertThat(token("--hours", "25")).isEqualTo(2);
    assertThat(token("--subject", " ")).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--role must be of viewer, responder, auditor.",
            "--hours must be from 1 to 24.",
            "--subject must not be empty.");
    assertThat(out.toString()).isEmpty();
  }

  private int token(String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "token";
    words[1] = "--keys";
    words[2] = directory.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return Meninx.run(Meninx.COMMANDS, new PrintWriter(out), new PrintWriter(err), words);
  }
}
