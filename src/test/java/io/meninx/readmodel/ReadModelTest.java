package io.meninx.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.ContraindicationCode;
import io.meninx.guideline.Priority;
import io.meninx.guideline.Recommendation;
import io.meninx.guideline.RecommendationCode;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.EventType;
import io.meninx.pathway.PathwayEvent;
import io.meninx.wire.OutputReader.Pathway;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Published;
import io.meninx.wire.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadModelTest {
  private static final PatientId ANNA = new PatientId("anna");

  @TempDir private Path directory;
  private Database database;
  private Applier applier;
  private ReadModel model;
  private long offset;

  @BeforeEach
  void open() {
    database = new Database(directory);
    applier = new Applier(database, new Tally());
    model = new ReadModel(database);
  }

  @AfterEach
  void close() {
    applier.close();
    database.close();
  }

  private void alert(
      String patient,
      String key,
      int revision,
      AlertCode code,
      AlertState state,
      Priority priority,
      int minute) {
    applier.alert(
        Samples.alert(patient, key, revision, code, state, priority, minute), offset++, 0);
  }

  private void mri(String patient, String key, int revision, AlertState state, Priority p, int at) {
    alert(patient, key, revision, AlertCode.MRI_DUE, state, p, at);
  }

  private List<String> keys(AlertQuery query) {
    return model.alerts(query, Optional.empty(), 100).items().stream().map(AlertRow::key).toList();
  }

  @Test
  void openAlertsAreSortedByPriorityThenByHowLongTheyHaveBeenOpen() {
    mri("anna", "late-routine", 1, AlertState.ACTIVE, Priority.ROUTINE, 9);
    mri("anna", "early-routine", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("bert", "stat", 1, AlertState.ESCALATED, Priority.STAT, 5);
    mri("bert", "urgent", 1, AlertState.SNOOZED, Priority.URGENT, 2);
    applier.write();

    assertThat(keys(AlertQuery.OPEN))
        .containsExactly("stat", "urgent", "early-routine", "late-routine");
  }

  @Test
  void anAlertMovesWithItsPriorityAndKeepsTheTimeItOpened() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("anna", "b", 1, AlertState.ACTIVE, Priority.URGENT, 2);
    mri("anna", "a", 2, AlertState.ACTIVE, Priority.STAT, 3);
    applier.write();

    assertThat(keys(AlertQuery.OPEN)).containsExactly("a", "b");
    assertThat(model.alert("a").orElseThrow().openedAt()).isEqualTo(Samples.START.plusSeconds(60));
  }

  @Test
  void alertsAreFoundByCodePriorityAndState() {
    mri("anna", "mri", 1, AlertState.ACTIVE, Priority.URGENT, 1);
    alert("anna", "kps", 1, AlertCode.KPS_MISSING_OR_STALE, AlertState.ACTIVE, Priority.ROUTINE, 2);
    mri("bert", "snoozed", 1, AlertState.SNOOZED, Priority.URGENT, 3);
    applier.write();

    assertThat(
            keys(
                new AlertQuery(Optional.empty(), Optional.empty(), Optional.of(AlertCode.MRI_DUE))))
        .containsExactly("mri", "snoozed");
    assertThat(
            keys(
                new AlertQuery(
                    Optional.of(AlertState.SNOOZED),
                    Optional.of(Priority.URGENT),
                    Optional.of(AlertCode.MRI_DUE))))
        .containsExactly("snoozed");
    assertThat(
            keys(new AlertQuery(Optional.empty(), Optional.of(Priority.ROUTINE), Optional.empty())))
        .containsExactly("kps");
  }

  @Test
  void anEndedAlertLeavesTheOpenOnesAndStaysToBeAskedFor() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("anna", "b", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("anna", "a", 2, AlertState.RESOLVED, Priority.ROUTINE, 5);
    mri("anna", "b", 2, AlertState.RESOLVED, Priority.ROUTINE, 7);
    applier.write();

    assertThat(keys(AlertQuery.OPEN)).isEmpty();
    assertThat(model.openAlerts(ANNA)).isEmpty();
    assertThat(
            keys(
                new AlertQuery(
                    Optional.of(AlertState.RESOLVED), Optional.empty(), Optional.empty())))
        .containsExactly("b", "a");
    assertThat(model.revisions("a")).hasSize(2);
  }

  @Test
  void pagesHaveEveryAlertOnce() {
    for (int i = 0; i < 25; i++) {
      mri("p" + i, "k" + i, 1, AlertState.ACTIVE, Priority.values()[i % 3], i);
    }
    applier.write();

    List<String> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<AlertRow> page = model.alerts(AlertQuery.OPEN, cursor, 10);
      assertThat(page.items()).hasSizeLessThanOrEqualTo(10);
      page.items().forEach(row -> all.add(row.key()));
      cursor = page.next();
    } while (cursor.isPresent());

    assertThat(all)
        .hasSize(25)
        .doesNotHaveDuplicates()
        .containsExactlyElementsOf(keys(AlertQuery.OPEN));
  }

  /** Else an alert that ends while a page is read would stand in the open list as ended. */
  @Test
  void aQuestionSeesTheRowsOfItsMoment() {
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.STAT, 1);
    applier.write();

    Optional<Head> then =
        database.atOneMoment(
            rows -> {
              mri("anna", "a", 2, AlertState.RESOLVED, Priority.STAT, 2);
              applier.write();
              return rows.get(Rows.head("a")).map(Head::of);
            });

    assertThat(then.orElseThrow().open()).isTrue();
    assertThat(keys(AlertQuery.OPEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%", "zz", "", "AAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAA"})
  void whatIsNoCursorIsRefused(String cursor) {
    refused(AlertQuery.OPEN, cursor);
  }

  /** An empty page of it would say that no alert is open. */
  @Test
  void aCursorIsOfOneListOnly() {
    for (AlertState state : List.of(AlertState.ACTIVE, AlertState.RESOLVED)) {
      for (int i = 0; i < 3; i++) {
        mri("anna", state + "-" + i, 1, state, Priority.STAT, i);
        mri("bert", "bert-" + state + "-" + i, 1, state, Priority.STAT, i);
      }
    }
    applier.write();
    List<AlertQuery> lists =
        List.of(
            AlertQuery.OPEN,
            query(AlertState.ACTIVE, null, null),
            query(AlertState.RESOLVED, null, null),
            query(null, Priority.STAT, null),
            query(null, null, AlertCode.MRI_DUE),
            query(AlertState.ACTIVE, Priority.STAT, AlertCode.MRI_DUE));
    String ofAnna = model.timeline(ANNA, Optional.empty(), 1).next().orElseThrow();

    for (AlertQuery list : lists) {
      String cursor = model.alerts(list, Optional.empty(), 1).next().orElseThrow();
      assertThat(model.alerts(list, Optional.of(cursor), 1).items()).hasSize(1);
      lists.stream().filter(other -> !other.equals(list)).forEach(other -> refused(other, cursor));
      refused(list, ofAnna);
      assertThatThrownBy(() -> model.timeline(ANNA, Optional.of(cursor), 1))
          .isInstanceOf(CursorException.class);
    }
    assertThatThrownBy(() -> model.timeline(new PatientId("bert"), Optional.of(ofAnna), 1))
        .isInstanceOf(CursorException.class);
  }

  /** It would lead to another place of the list, and what lies between would be left out. */
  @Test
  void aCursorThatWasChangedIsRefused() {
    for (int i = 0; i < 3; i++) {
      mri("anna", "key-" + i, 1, AlertState.ACTIVE, Priority.STAT, i);
    }
    applier.write();
    byte[] cursor =
        Base64.getUrlDecoder()
            .decode(model.alerts(AlertQuery.OPEN, Optional.empty(), 1).next().orElseThrow());

    for (int i = 0; i < cursor.length; i++) {
      byte[] changed = cursor.clone();
      changed[i]++;
      refused(AlertQuery.OPEN, Base64.getUrlEncoder().encodeToString(changed));
      refused(AlertQuery.OPEN, Base64.getUrlEncoder().encodeToString(Arrays.copyOf(cursor, i)));
    }
  }

  private void refused(AlertQuery query, String cursor) {
    assertThatThrownBy(() -> model.alerts(query, Optional.of(cursor), 10))
        .as(query + " " + cursor)
        .isInstanceOf(CursorException.class);
  }

  private static AlertQuery query(
      @Nullable AlertState state, @Nullable Priority priority, @Nullable AlertCode code) {
    return new AlertQuery(
        Optional.ofNullable(state), Optional.ofNullable(priority), Optional.ofNullable(code));
  }

  @Test
  void theTimelineOfAPatientHasEventsAndAlertsInOrderAndNothingOfOthers() {
    applier.event(Samples.event("anna", "e1", 1), 0, 0);
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    applier.event(Samples.event("annabel", "e2", 1), 1, 0);
    applier.event(Samples.event("anna", "e3", 2), 2, 0);
    mri("anna", "a", 2, AlertState.RESOLVED, Priority.ROUTINE, 3);
    applier.write();

    Page<TimelineEntry> first = model.timeline(ANNA, Optional.empty(), 3);
    Page<TimelineEntry> second = model.timeline(ANNA, first.next(), 3);

    assertThat(first.items()).extracting(ReadModelTest::name).containsExactly("e1", "a/1", "e3");
    assertThat(second.items()).extracting(ReadModelTest::name).containsExactly("a/2");
    assertThat(second.next()).isEmpty();
  }

  private static String name(TimelineEntry entry) {
    return switch (entry) {
      case TimelineEntry.OfEvent(var event) -> event.value().eventId();
      case TimelineEntry.OfAlert(var alert) ->
          alert.value().alertKey() + "/" + alert.value().revision();
    };
  }

  @Test
  void recordsThatAreReadAgainChangeNothing() {
    var opened =
        Samples.alert("anna", "a", 1, AlertCode.MRI_DUE, AlertState.ACTIVE, Priority.STAT, 1);
    var ended =
        Samples.alert("anna", "a", 2, AlertCode.MRI_DUE, AlertState.RESOLVED, Priority.STAT, 2);
    applier.alert(opened, 0, 0);
    applier.alert(ended, 1, 0);
    applier.write();

    applier.alert(opened, 0, 0);
    applier.write();

    assertThat(keys(AlertQuery.OPEN)).isEmpty();
    assertThat(model.timeline(ANNA, Optional.empty(), 10).items()).hasSize(2);
  }

  @Test
  void aForgottenPatientLeavesNoRow() {
    applier.event(Samples.event("anna", "e1", 1), 0, 0);
    mri("anna", "a", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    mri("bert", "b", 1, AlertState.ACTIVE, Priority.ROUTINE, 1);
    pathway("anna", 1);
    applier.forget(ANNA, 1);
    applier.write();

    assertThat(model.patient(ANNA)).isEmpty();
    assertThat(model.timeline(ANNA, Optional.empty(), 10).items()).isEmpty();
    assertThat(model.revisions("a")).isEmpty();
    assertThat(keys(AlertQuery.OPEN)).containsExactly("b");
  }

  /** The topics are read in no order: what was decided before is kept longer, and read later. */
  @Test
  void whatIsReadAfterItWasForgottenStaysForgotten() {
    applier.forget(ANNA, 1_000);
    applier.event(Samples.event("anna", "old", 1), 0, 999);
    applier.alert(revision(1), 1, 1_000);
    applier.write();

    assertThat(model.timeline(ANNA, Optional.empty(), 10).items()).isEmpty();
    assertThat(keys(AlertQuery.OPEN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsNewerThanTheForgettingIsTold(boolean forgottenFirst) {
    if (forgottenFirst) {
      applier.forget(ANNA, 1_000);
    }
    applier.event(Samples.event("anna", "old", 1), 0, 999);
    applier.alert(revision(1), 1, 1_000);
    applier.event(Samples.event("anna", "new", 2), 2, 1_001);
    applier.alert(revision(2), 3, 1_001);
    if (!forgottenFirst) {
      applier.forget(ANNA, 1_000);
    }
    pathway("anna", 2, 1_001);
    applier.write();

    assertThat(model.timeline(ANNA, Optional.empty(), 10).items())
        .extracting(ReadModelTest::name)
        .containsExactly("new", "a/2");
    assertThat(keys(AlertQuery.OPEN)).containsExactly("a");
    assertThat(model.patient(ANNA)).isPresent();
  }

  /** It was received before the null was written, and decided on after it. */
  @Test
  void whatCameWithANewerStateIsTold() {
    applier.forget(ANNA, 1_000);
    pathway("anna", 2, 900);
    applier.event(Samples.event("anna", "older", 1), 0, 899);
    applier.event(Samples.event("anna", "with it", 2), 1, 900);
    applier.write();

    assertThat(model.timeline(ANNA, Optional.empty(), 10).items())
        .extracting(ReadModelTest::name)
        .containsExactly("with it");
  }

  /** However many events came before it, and after it about something else. */
  @Test
  void theNewestEventAboutEachThingThatStandsIsTheReason() {
    event("first", EventType.CONTRAINDICATION_RAISED, "LUMBAR_PUNCTURE_LABS", 1);
    event("gone", EventType.CONTRAINDICATION_RAISED, "LUMBAR_PUNCTURE_MASS_EFFECT", 2);
    event("allowed", EventType.RECOMMENDATION_ISSUED, "INTRATHECAL_ELIGIBLE", 3);
    for (int i = 0; i < 30; i++) {
      event("type " + i, EventType.CLASSIFICATION_CHANGED, "IA/CONFIRMED", 4 + i);
    }
    event("lifted", EventType.CONTRAINDICATION_LIFTED, "LUMBAR_PUNCTURE_MASS_EFFECT", 40);
    event("withdrawn", EventType.RECOMMENDATION_WITHDRAWN, "INTRATHECAL_ELIGIBLE", 40);
    event("again", EventType.RECOMMENDATION_ISSUED, "OMMAYA_RESERVOIR", 40);
    put(
        Samples.pathway(
            "anna",
            40,
            List.of(new Recommendation(RecommendationCode.OMMAYA_RESERVOIR, Optional.empty())),
            List.of(ContraindicationCode.LUMBAR_PUNCTURE_LABS)),
        0);
    event("not yet", EventType.STAGE_CHANGED, "CLOSED", 41);
    applier.write();

    assertThat(why()).containsExactly("first", "type 29", "again");
  }

  /** As when an instance begins to read at an earlier place. */
  @Test
  void anOlderEventThatIsReadAgainIsNotTheReason() {
    applier.event(Samples.event("anna", "older", 1), 0, 0);
    applier.event(Samples.event("anna", "newer", 2), 1, 0);
    applier.event(Samples.event("anna", "older", 1), 0, 0);
    pathway("anna", 3);
    applier.write();

    assertThat(why()).containsExactly("newer");
  }

  @Test
  void ofAForgottenPatientNoReasonIsLeft() {
    applier.event(Samples.event("anna", "old", 1), 0, 999);
    applier.event(Samples.event("anna", "new", EventType.STAGE_CHANGED, "CLOSED", 2), 1, 1_001);
    applier.forget(ANNA, 1_000);
    pathway("anna", 3, 1_001);
    applier.write();

    assertThat(why()).containsExactly("new");
  }

  private List<String> why() {
    return model.view(ANNA).orElseThrow().why().stream().map(PathwayEvent::eventId).toList();
  }

  private void event(String id, EventType type, String code, int minute) {
    applier.event(Samples.event("anna", id, type, code, minute), offset++, 0);
  }

  private static Published<AlertRevision> revision(int number) {
    return Samples.alert(
        "anna", "a", number, AlertCode.MRI_DUE, AlertState.ACTIVE, Priority.STAT, number);
  }

  private void pathway(String patient, int minute) {
    pathway(patient, minute, 0);
  }

  private void pathway(String patient, int minute, long time) {
    put(Samples.pathway(patient, minute), time);
  }

  private void put(Pathway pathway, long time) {
    applier.pathway(
        pathway,
        new OutputWriter("", "").pathway(pathway.patientId(), pathway.at(), pathway.state()).body(),
        time);
  }

  @Test
  void rowsAndOffsetsOutliveAClose() {
    pathway("anna", 4);
    applier.reached(Topic.PATIENT_PATHWAYS, 2, 17);
    applier.write();
    close();
    open();

    assertThat(model.patient(ANNA).orElseThrow()).isEqualTo(Samples.pathway("anna", 4));
    assertThat(database.get(Rows.offset(Topic.PATIENT_PATHWAYS, 2))).isPresent();
    assertThat(applier.newest()).contains(Samples.START.plusSeconds(240));
  }

  @Test
  void whoAsksAfterTheEndIsTold() {
    database.close();

    assertThatThrownBy(() -> model.alert("a")).isInstanceOf(ReadModelException.class);
  }
}
