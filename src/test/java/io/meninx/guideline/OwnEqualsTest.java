package io.meninx.guideline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.FactKind;
import io.meninx.fact.Facts;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.Report;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.fact.TreatmentEvent;
import io.meninx.pathway.AlertState;
import io.meninx.pathway.PublicState;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Records that say themselves when they are equal, since it is asked so often: they are if and only
 * if all their components are. One that gets a component more is looked at here.
 */
class OwnEqualsTest {
  private static final Instant DAY = Instant.parse("2026-01-02T00:00:00Z");

  /** A record: the values of its components, and for each of them another one. */
  private record Example(Class<? extends Record> type, List<Object> values, List<Object> others) {}

  private static Evidence evidence(String id) {
    return new Evidence(
        id,
        FactKind.CSF,
        "cytology=POSITIVE",
        ResultStatus.FINAL,
        new ObservedAt(DAY, ObservedAt.Precision.DAY));
  }

  private static Reason reason(String rule) {
    return Reason.met(RuleRef.of(rule), List.of(evidence("r-1")));
  }

  private static Schedule schedule(ScheduleCode code) {
    return new Schedule(code, List.of(new ScheduleEntry(DAY, EntryState.values()[0])));
  }

  private static PublicState.AlertLine line(AlertCode code) {
    return new PublicState.AlertLine(
        code,
        Optional.of(AlertStage.values()[0]),
        Priority.URGENT,
        AlertState.ACTIVE,
        Optional.of("G1"),
        Optional.of(DAY));
  }

  private static List<Example> examples() {
    return List.of(
        new Example(
            ObservedAt.class,
            List.of(DAY, ObservedAt.Precision.DAY),
            List.of(DAY.plusSeconds(86_400), ObservedAt.Precision.INSTANT)),
        new Example(
            Evidence.class,
            List.of(
                "r-1",
                FactKind.CSF,
                "a",
                ResultStatus.FINAL,
                new ObservedAt(DAY, ObservedAt.Precision.DAY)),
            List.of(
                "r-2",
                FactKind.BIOPSY,
                "b",
                ResultStatus.AMENDED,
                new ObservedAt(DAY, ObservedAt.Precision.INSTANT))),
        new Example(
            RuleRef.class, List.of("S1", List.of("S1", "G2")), List.of("S2", List.of("S1", "G3"))),
        new Example(
            Reason.class,
            List.of(
                RuleRef.of("S1"),
                Outcome.MET,
                List.of(evidence("r-1")),
                List.of("CSF.cytology"),
                List.of("a")),
            List.of(
                RuleRef.of("S2"),
                Outcome.UNKNOWN,
                List.of(evidence("r-1"), evidence("r-2")),
                List.of(),
                List.of("b"))),
        new Example(
            Recommendation.class,
            List.of(RecommendationCode.MDT_REVIEW, Optional.of("G1")),
            List.of(RecommendationCode.BEST_SUPPORTIVE_CARE, Optional.empty())),
        new Example(
            Findings.AlertSlot.class,
            List.of(AlertCode.MRI_DUE, Optional.of("G1")),
            List.of(AlertCode.LABS_HOLD, Optional.of("G2"))),
        new Example(
            AlertFinding.class,
            List.of(
                new Findings.AlertSlot(AlertCode.MRI_DUE, Optional.empty()),
                "anchor",
                Optional.of(AlertStage.values()[0]),
                Priority.URGENT,
                Optional.of(DAY),
                List.of(Audience.NEURO_ONCOLOGY),
                "says",
                reason("S1"),
                List.of("why"),
                false),
            List.of(
                new Findings.AlertSlot(AlertCode.LABS_HOLD, Optional.empty()),
                "another",
                Optional.of(AlertStage.values()[1]),
                Priority.STAT,
                Optional.empty(),
                List.of(Audience.PALLIATIVE_CARE),
                "says something else",
                reason("S2"),
                List.of("why", "why else"),
                true)),
        new Example(
            RuleGroup.Considered.class,
            List.of(
                new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G1")),
                reason("S1"),
                true),
            List.of(
                new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G2")),
                reason("S2"),
                false)),
        new Example(
            ScheduleEntry.class,
            List.of(DAY, EntryState.values()[0]),
            List.of(DAY.plusSeconds(1), EntryState.values()[1])),
        new Example(
            Schedule.class,
            List.of(ScheduleCode.KPS, List.of(new ScheduleEntry(DAY, EntryState.values()[0]))),
            List.of(
                ScheduleCode.MRI_NEUROAXIS,
                List.of(new ScheduleEntry(DAY, EntryState.values()[1])))),
        new Example(
            PublicState.AlertLine.class,
            List.of(
                AlertCode.MRI_DUE,
                Optional.of(AlertStage.values()[0]),
                Priority.URGENT,
                AlertState.ACTIVE,
                Optional.of("G1"),
                Optional.of(DAY)),
            List.of(
                AlertCode.LABS_HOLD,
                Optional.empty(),
                Priority.STAT,
                AlertState.SNOOZED,
                Optional.of("G2"),
                Optional.empty())),
        new Example(
            PublicState.class,
            List.of(
                LmType.values()[0],
                Certainty.values()[0],
                StatusGroup.values()[0],
                Stage.values()[0],
                List.of(new Recommendation(RecommendationCode.MDT_REVIEW, Optional.of("G1"))),
                List.of(ContraindicationCode.values()[0]),
                List.of(line(AlertCode.MRI_DUE)),
                List.of(schedule(ScheduleCode.KPS))),
            List.of(
                LmType.values()[1],
                Certainty.values()[1],
                StatusGroup.values()[1],
                Stage.values()[1],
                List.of(),
                List.of(ContraindicationCode.values()[1]),
                List.of(line(AlertCode.LABS_HOLD)),
                List.of(schedule(ScheduleCode.MRI_NEUROAXIS)))));
  }

  @TestFactory
  Stream<DynamicTest> areEqualWhenAllComponentsAre() {
    return examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(example.type().getSimpleName(), () -> test(example)));
  }

  private static void test(Example example) throws ReflectiveOperationException {
    RecordComponent[] components = example.type().getRecordComponents();
    assertThat(example.values()).hasSameSizeAs(components).hasSameSizeAs(example.others());
    Object one = make(example.type(), example.values());
    assertThat(make(example.type(), copies(example.values())))
        .isNotSameAs(one)
        .isEqualTo(one)
        .hasSameHashCodeAs(one);
    assertThat(one).isNotEqualTo("something else").isNotEqualTo(null);
    for (int i = 0; i < components.length; i++) {
      Object[] changed = example.values().toArray();
      changed[i] = example.others().get(i);
      assertThat(make(example.type(), Arrays.asList(changed)))
          .as(components[i].getName())
          .isNotEqualTo(one);
    }
  }

  /** Equal, and as far as that goes not the same objects. */
  private static List<Object> copies(List<Object> values) {
    List<Object> copies = new ArrayList<>();
    for (Object value : values) {
      copies.add(copy(value));
    }
    return copies;
  }

  private static Object copy(Object value) {
    return switch (value) {
      case Record nested -> copyOf(nested);
      case String text -> new StringBuilder(text).toString();
      case Optional<?> optional -> optional.map(OwnEqualsTest::copy);
      case List<?> list -> list.stream().map(OwnEqualsTest::copy).toList();
      case Instant instant -> instant.plusNanos(1).minusNanos(1);
      default -> value;
    };
  }

  private static Object copyOf(Record nested) {
    try {
      List<Object> values = new ArrayList<>();
      for (RecordComponent component : nested.getClass().getRecordComponents()) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        values.add(copy(accessor.invoke(nested)));
      }
      return make(nested.getClass(), values);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void actsAreEqualWhenFactAndAgentAre() {
    Act act = act("tki", "osimertinib");
    act.evidence(); // what was made of it takes no part

    assertThat(act("tki", "osimertinib")).isEqualTo(act).hasSameHashCodeAs(act);
    assertThat(act("other", "osimertinib")).isNotEqualTo(act);
    assertThat(new Act(act.known(), act("tki", "pemetrexed").agent())).isNotEqualTo(act);
  }

  private static Act act(String id, String agent) {
    StoredFact stored =
        Facts.stored(
            Facts.treatment(id, TreatmentEvent.Modality.SYSTEMIC, TreatmentEvent.Action.STARTED)
                .agent(agent)
                .day(1));
    if (!(stored.fact() instanceof TreatmentEvent event)) {
      throw new AssertionError("not a treatment");
    }
    Agents agents = new Agents(GuidelineEditions.standard().parameters().vocabulary());
    return new Act(new Known<>(Report.of(stored), event), agents.read(event.agent()));
  }

  private static Object make(Class<? extends Record> type, List<Object> values)
      throws ReflectiveOperationException {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
    constructor.setAccessible(true);
    return constructor.newInstance(values.toArray());
  }
}
