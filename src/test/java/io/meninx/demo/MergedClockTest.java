package io.meninx.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.casefile.CaseFile;
import io.meninx.casefile.PublishedCases;
import io.meninx.demo.MergedClock.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedClockTest {

  @Test
  void casesMeetOnOneClockWhereverTheyStart() {
    CaseFile one = read("{'case':'one','facts':[{'kind':'CSF','day':2}]}");
    CaseFile other =
        read("{'case':'other','startsAt':'2025-01-03','facts':[{'kind':'CSF','day':0}]}");

    List<Moment> moments = MergedClock.moments(List.of(one, other));

    assertThat(moments)
        .extracting(Moment::at)
        .containsExactly(
            Instant.parse("2025-01-03T12:00:00Z"), Instant.parse("2025-01-03T23:59:00Z"));
    assertThat(moments.getFirst().arrivals()).hasSize(2);
    assertThat(moments.getLast().ends()).containsExactly(one, other);
  }

  @Test
  void betweenTwoMomentsTheClockTicksAtEachMidnight() {
    CaseFile file =
        read("{'case':'c','facts':[{'kind':'CSF','day':0},{'kind':'CSF','day':2,'time':'00:00'}]}");

    assertThat(MergedClock.moments(List.of(file)).get(1).midnights())
        .containsExactly(Instant.parse("2025-01-02T00:00:00Z"));
  }

  @Test
  void twoFactsOfOneCaseAtOneInstantAreTwoMoments() {
    String noon = "{'kind':'CSF','day':0},".repeat(61);
    CaseFile file =
        read("{'case':'c','facts':[" + noon + "{'kind':'CSF','day':0,'time':'12:01'}]}");

    assertThat(MergedClock.moments(List.of(file)))
        .filteredOn(moment -> moment.at().equals(Instant.parse("2025-01-01T12:01:00Z")))
        .hasSize(2)
        .allSatisfy(moment -> assertThat(moment.arrivals()).hasSize(1));
  }

  @Test
  void everyPublishedFactArrivesOnceInOrderAndEveryCaseEndsOnce() {
    List<CaseFile> cases = PublishedCases.all();

    List<Moment> moments = MergedClock.moments(cases);

    assertThat(moments).extracting(Moment::at).isSorted();
    assertThat(moments.stream().mapToInt(moment -> moment.arrivals().size()).sum()).isEqualTo(154);
    assertThat(moments.stream().flatMap(moment -> moment.ends().stream()))
        .containsExactlyInAnyOrderElementsOf(cases);
  }

  private static CaseFile read(String json) {
    return CaseFile.read("c.json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
