package io.meninx.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.topology.RecordFailureException;
import io.meninx.topology.WorkFailureException;
import io.meninx.wire.registry.RegistryRefusedException;
import io.meninx.wire.registry.RegistryUnavailableException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static ExitCode code(Throwable cause) {
    return Ending.of(new StreamsException("in a thread of the stream", cause)).code();
  }

  @Test
  void whatIsAwayMayComeBack() {
    assertThat(code(new RegistryUnavailableException("no answer"))).isEqualTo(ExitCode.AWAY);
    assertThat(code(new DisconnectException())).isEqualTo(ExitCode.AWAY);
  }

  @Test
  void whatRefusesNeedsAnOperator() {
    assertThat(code(new RegistryRefusedException("no"))).isEqualTo(ExitCode.WRONG_SURROUNDINGS);
    assertThat(code(new MissingSourceTopicException("gone")))
        .isEqualTo(ExitCode.WRONG_SURROUNDINGS);
    assertThat(code(new TopicAuthorizationException("no"))).isEqualTo(ExitCode.WRONG_SURROUNDINGS);
    assertThat(code(new InconsistentGroupProtocolException("other")))
        .isEqualTo(ExitCode.WRONG_SURROUNDINGS);
  }

  @Test
  void whatDidNotStopInTimeDidNotStopInOrder() {
    assertThat(Ending.stopped().code()).isEqualTo(ExitCode.STOPPED);
    assertThat(Ending.late().code()).isEqualTo(ExitCode.FAILED);
    assertThat(Ending.late().line()).contains("did not stop in time");
  }

  @Test
  void aBugNamesItsRecordAndPlaceAndNothingOfItsContent() {
    var bug = new IllegalStateException("text of a patient");

    Ending ending =
        Ending.of(new StreamsException(new RecordFailureException("kps-updates", 3, 17, bug)));

    assertThat(ending.code()).isEqualTo(ExitCode.BROKEN);
    assertThat(ending.line())
        .contains("--skip kps-updates:3:17")
        .contains("IllegalStateException at io.meninx.service.EndingTest")
        .doesNotContain("patient");
    assertThat(Ending.of(bug).line()).doesNotContain("patient");
  }

  @Test
  void aBugInWorkThatIsDueNamesItsPlaceAndNoRecordToPutAside() {
    var bug = new IllegalStateException("text of a patient");

    Ending ending = Ending.of(new StreamsException(new WorkFailureException(bug)));

    assertThat(ending.code()).isEqualTo(ExitCode.BROKEN);
    assertThat(ending.line())
        .contains("IllegalStateException at io.meninx.service.EndingTest")
        .doesNotContain("patient")
        .doesNotContain("--skip");
  }

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
