package io.meninx.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.wire.PoisonReason;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DeadLettersDocumentTest {
  @Test
  void thePageHasEveryReasonAsTheCodeHasIt() throws IOException {
    String page = Files.readString(DeadLettersDocument.FILE);

    assertThat(DeadLettersDocument.withReasons(page)).isEqualTo(page);
    assertThat(page).contains(PoisonReason.UNKNOWN_SCHEMA_ID.remedy());
  }

  @Test
  void everyReasonSaysWhatItMeansAndWhatToDo() {
    assertThat(PoisonReason.values())
        .allSatisfy(
            reason -> {
              assertThat(reason.meaning()).endsWith(".").doesNotContain("|");
              assertThat(reason.remedy()).endsWith(".").doesNotContain("|");
            });
  }
}
