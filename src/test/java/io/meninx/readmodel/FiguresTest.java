package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.AlertStage;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Stage;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PublicState.AlertLine;
import io.meninx.wire.OutputWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts are those of the rows, whatever comes again, goes, or is opened anew. */
class FiguresTest {
  private static final Optional<AlertStage> DUE = Optional.of(AlertStage.DUE);

  @TempDir private Path directory;
  private Database database;
  private Tally tally;
  private Applier applier;
  private Figures figures;
  private long offset;

  @BeforeEach
  void open() {
    database = new Database(directory);
    tally = new Tally();
    applier = new Applier(database, tally);
    figures = new Figures(database, tally);
  }

  @AfterEach
  void close() {
    applier.close();
    database.close();
  }

  private void mri(String patient, String key, int revision, AlertState state, Priority p, int at) {
    applier.alert(
        Samples.alert(patient, key, revision, AlertCode.MRI_DUE, state, p, at), offset++, 0);
  }

  private void pathway(String patient, int minute, AlertLine... open) {
    var pathway = Samples.pathway(patient, minute, open);
    applier.pathway(
        pathway,
        new OutputWriter("", "").pathway(pathway.patientId(), pathway.at(), pathway.state()).body(),
        0);
  }

  @Test
  void anAlertIsCountedWhereItIsNowAndNotWhereItWas() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("bert", "b", 1, AlertState.ACTIVE, Priority.ROUTINE, 2);
    mri("anna", "a", 2, AlertState.ACTIVE, Priority.STAT, 3);
    applier.write();

    assertThat(figures.open(AlertCode.MRI_DUE, Priority.ROUTINE, DUE)).isEqualTo(1);
    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, DUE)).isEqualTo(1);
    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, Optional.empty())).isZero();
    assertThat(figures.open(AlertCode.BIOPSY_NEEDED, Priority.STAT, DUE)).isZero();

    mri("anna", "a", 3, AlertState.RESOLVED, Priority.STAT, 4);
    applier.write();

    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, DUE)).isZero();
    assertThat(figures.overdue(Priority.STAT)).isZero();
  }

  @Test
  void waitingEndsWithAnAnswerAndBeginsAnewWithAHigherPriority() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.URGENT, 1);
    mri("anna", "a", 2, AlertState.ESCALATED, Priority.URGENT, 5);
    mri("bert", "b", 1, AlertState.ACTIVE, Priority.URGENT, 3);
    applier.write();

    assertThat(figures.unacknowledged(Priority.URGENT)).isEqualTo(2);
    assertThat(figures.waitingSince(Priority.URGENT))
        .contains(Samples.START.plus(Duration.ofMinutes(1)));
    assertThat(figures.waitingSince(Priority.STAT)).isEmpty();

    mri("anna", "a", 3, AlertState.ACKNOWLEDGED, Priority.URGENT, 6);
    mri("bert", "b", 2, AlertState.ACTIVE, Priority.STAT, 7);
    applier.write();

    assertThat(figures.unacknowledged(Priority.URGENT)).isZero();
    assertThat(figures.waitingSince(Priority.URGENT)).isEmpty();
    assertThat(figures.unacknowledged(Priority.STAT)).isEqualTo(1);
    assertThat(figures.waitingSince(Priority.STAT))
        .contains(Samples.START.plus(Duration.ofMinutes(7)));
  }

  @Test
  void whatIsNotWrittenIsNotCounted() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);

    assertThat(figures.unacknowledged(Priority.STAT)).isZero();
  }

  @Test
  void recordsThatComeAgainAreCountedOnce() {
    for (int time = 0; time < 3; time++) {
      offset = 0;
      mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);
      mri("anna", "a", 2, AlertState.ACKNOWLEDGED, Priority.STAT, 2);
      pathway("anna", 2);
      applier.write();
    }

    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, DUE)).isEqualTo(1);
    assertThat(figures.unacknowledged(Priority.STAT)).isZero();
    assertThat(figures.patients(Stage.DIAGNOSED)).isEqualTo(1);
  }

  @Test
  void aForgottenPatientIsNotCounted() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);
    pathway("anna", 1);
    mri("bert", "b", 1, AlertState.ACTIVE, Priority.STAT, 2);
    pathway("bert", 2);
    applier.forget(new PatientId("anna"), 1);
    applier.write();

    assertThat(figures.patients(Stage.DIAGNOSED)).isEqualTo(1);
    assertThat(figures.unacknowledged(Priority.STAT)).isEqualTo(1);
    assertThat(figures.waitingSince(Priority.STAT))
        .contains(Samples.START.plus(Duration.ofMinutes(2)));
  }

  /** Its revisions were deleted: without the state nobody would know that it is open. */
  @Test
  void anOpenAlertThatOnlyTheStateNamesIsCounted() {
    pathway("anna", 1, Samples.line(AlertCode.MRI_DUE), Samples.line(AlertCode.BIOPSY_NEEDED));
    pathway("bert", 1, Samples.line(AlertCode.MRI_DUE));
    applier.write();
    assertThat(figures.alertsNotRead()).isEqualTo(3);

    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 2);
    applier.write();
    assertThat(figures.alertsNotRead()).isEqualTo(2);

    mri("anna", "a", 2, AlertState.RESOLVED, Priority.STAT, 3);
    pathway("anna", 3, Samples.line(AlertCode.BIOPSY_NEEDED));
    pathway("bert", 3);
    applier.write();
    assertThat(figures.alertsNotRead()).isEqualTo(1);

    applier.forget(new PatientId("anna"), 1);
    applier.write();
    assertThat(figures.alertsNotRead()).isZero();
  }

  @Test
  void anAlertIsReadWhicheverOfAlertAndStateComesFirst() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);
    pathway("anna", 1, Samples.line(AlertCode.MRI_DUE));
    mri("anna", "a", 2, AlertState.ESCALATED, Priority.STAT, 2);
    pathway("bert", 1, Samples.line(AlertCode.MRI_DUE));
    mri("bert", "b", 1, AlertState.ACTIVE, Priority.STAT, 1);
    applier.write();

    assertThat(figures.alertsNotRead()).isZero();
  }

  @Test
  void countsOutliveAClose() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);
    pathway("anna", 1);
    applier.write();
    close();
    open();

    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, DUE)).isEqualTo(1);
    assertThat(figures.patients(Stage.DIAGNOSED)).isEqualTo(1);
    assertThat(figures.waitingSince(Priority.STAT))
        .contains(Samples.START.plus(Duration.ofMinutes(1)));
    assertThat(figures.bytes()).isPositive();

    mri("anna", "a", 2, AlertState.RESOLVED, Priority.STAT, 2);
    applier.write();

    assertThat(figures.open(AlertCode.MRI_DUE, Priority.STAT, DUE)).isZero();
  }
}
