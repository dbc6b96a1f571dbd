package io.meninx.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class EndingTest {
  @Test
  void anInstanceThatStoodStillTooLongIsToBeStartedAgain() {
    Ending ending =
        Ending.of(
            new StreamsException(
                "Error encountered trying to commit a transaction",
                new InvalidTxnStateException("in an invalid state")));

    assertThat(ending.code()).isEqualTo(ExitCode.AWAY);
    assertThat(ending.line()).contains("stood still").contains("start again");
  }

  @Test
  void whatNobodyKnowsIsTheProgramsFaultAndItsTextIsNotTold() {
    Ending ending = Ending.of(new IllegalStateException("patient-1 has headache"));

    assertThat(ending.code()).isEqualTo(ExitCode.BROKEN);
    assertThat(ending.line()).contains("IllegalStateException").doesNotContain("patient-1");
  }
}
