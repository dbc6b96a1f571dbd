package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.LmType;
import org.junit.jupiter.api.Test;

/** Two systems may number their reports alike: neither report may take the place of the other. */
class ReportIdentityTest {
  private static Facts.Imaging mri() {
    return Facts.fullMri("4711").event("mri").day(0).pattern(ImagingReport.Pattern.LINEAR);
  }

  private static Facts.Csf cytology() {
    return Facts.csf("4711").event("csf").day(1).positive();
  }

  private static void assertBothCount(Patient patient) {
    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }

  @Test
  void anMriAndACytologyWithOneIdAreTwoReports() {
    assertBothCount(new Patient().with(mri(), cytology()));
    assertBothCount(new Patient().with(cytology(), mri()));
  }

  @Test
  void aCorrectionOfTheOneLeavesTheOther() {
    Patient patient =
        new Patient().with(mri(), cytology(), mri().event("mri-2").tesla(3).amended().day(2));
    assertBothCount(patient);

    patient.with(cytology().event("csf-2").withdrawn().reportedDay(3));
    assertThat(patient.visible().type()).isEqualTo(LmType.IIA);
  }
}
