package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.Facts;
import io.meninx.fact.ImagingReport;
import io.meninx.guideline.Certainty;
import io.meninx.guideline.LmType;
import org.junit.jupiter.api.Test;

class FirstPatientTest {
  @Test
  void positiveCytologyWithLinearEnhancementIsConfirmedTypeOneA() {
    Patient patient =
        new Patient()
            .with(
                Facts.fullMri("mri").day(0).pattern(ImagingReport.Pattern.LINEAR),
                Facts.csf("csf").day(1).positive())
            .untilDay(400);

    assertThat(patient.visible().type()).isEqualTo(LmType.IA);
    assertThat(patient.visible().certainty()).isEqualTo(Certainty.CONFIRMED);
  }
}
