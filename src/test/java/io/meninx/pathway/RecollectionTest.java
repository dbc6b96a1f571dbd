package io.meninx.pathway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.PatientId;
import io.meninx.fact.StoredFact;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulatedPatient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the engine remembers changes no decision: a patient of whom it is forgotten now and then is
 * decided, byte by byte, as one of whom it never is. Invariant 7: deciding is a function.
 */
class RecollectionTest {
  private static final PathwayEngine ENGINE =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);

  /** A patient of whom everything is remembered, beside one of whom nothing is. */
  private static final class Twins {
    private final List<Decision> remembering = new ArrayList<>();
    private final List<Decision> forgetting = new ArrayList<>();
    private final MemoryPatient one =
        new MemoryPatient(ENGINE, (_, _, decision) -> remembering.add(decision));
    private final MemoryPatient other =
        new MemoryPatient(ENGINE, (_, _, decision) -> forgetting.add(decision));
    private int remembered;

    void arrive(StoredFact fact) {
      if (!one.recollection().isEmpty()) {
        remembered++;
      }
      step(
          () -> {
            one.arrive(fact.fact(), fact.receivedAt());
            other.recollection().forget();
            other.arrive(fact.fact(), fact.receivedAt());
          });
    }

    void until(Instant instant) {
      step(
          () -> {
            one.until(instant);
            other.recollection().forget();
            other.until(instant);
          });
    }

    private void step(Runnable both) {
      remembering.clear();
      forgetting.clear();
      both.run();
      assertThat(remembering).isEqualTo(forgetting);
    }
  }

  @Provide
  Arbitrary<List<Histories.Line>> histories() {
    return Histories.ofSize(2, 24);
  }

  @Provide
  Arbitrary<List<Histories.Line>> years() {
    return Histories.overYears();
  }

  @Property(tries = 300, seed = "11")
  void histories(@ForAll("histories") List<Histories.Line> lines, @ForAll Random random) {
    follow(Histories.facts(lines), random);
  }

  @Property(tries = 2, seed = "12", shrinking = ShrinkingMode.OFF)
  void years(@ForAll("years") List<Histories.Line> lines, @ForAll Random random) {
    follow(Histories.facts(lines), random);
  }

  /** Most facts in the order they come in; some of them later, at the time that is then. */
  private static void follow(List<StoredFact> facts, Random random) {
    List<StoredFact> coming = new ArrayList<>(facts);
    coming.sort(Comparator.comparing(StoredFact::receivedAt));
    for (int i = 0; i < coming.size(); i++) {
      if (random.nextInt(8) == 0) {
        coming.add(random.nextInt(coming.size()), coming.remove(i));
      }
    }
    Twins twins = new Twins();
    for (StoredFact fact : coming) {
      twins.arrive(fact);
    }
    for (int week = 1; week <= 12; week++) {
      twins.until(twins.one.now().plus(Duration.ofDays(7)));
    }
    assertThat(twins.remembered).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 150})
  void simulatedPatients(int extra) {
    Population population = new Population(31, extra);
    for (int index = 0; index < 25; index++) {
      SimulatedPatient simulated = population.patient(index);
      Twins twins = new Twins();
      for (Arrival arrival : simulated.arrivals()) {
        twins.arrive(new StoredFact(arrival.fact(), arrival.at()));
      }
      twins.until(simulated.end());
      assertThat(twins.remembered).isPositive();
    }
  }

  @Property(tries = 200, seed = "13")
  void whatIsExtendedIsWhatIsRebuilt(@ForAll("histories") List<Histories.Line> lines) {
    List<StoredFact> coming = new ArrayList<>(Histories.facts(lines));
    coming.sort(Comparator.comparing(StoredFact::receivedAt));
    MemoryPatient patient = new MemoryPatient(ENGINE, MemoryPatient.Listener.NONE);
    for (StoredFact fact : coming) {
      patient.arrive(fact.fact(), fact.receivedAt());
      assertRebuiltIsTheSame(patient, fact.fact().header().patientId());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 60})
  void whatIsExtendedOfSimulatedPatientsIsWhatIsRebuilt(int extra) {
    Population population = new Population(32, extra);
    for (int index = 0; index < 12; index++) {
      MemoryPatient patient = new MemoryPatient(ENGINE, MemoryPatient.Listener.NONE);
      for (Arrival arrival : population.patient(index).arrivals()) {
        patient.arrive(arrival.fact(), arrival.at());
        assertRebuiltIsTheSame(patient, arrival.fact().header().patientId());
      }
    }
  }

  /** Everything known, looked at anew, changes nothing and tells nothing. */
  private static void assertRebuiltIsTheSame(MemoryPatient patient, PatientId id) {
    PatientState state = patient.state();
    Decision rebuilt = ENGINE.reevaluate(patient, id, patient.now());
    assertThat(rebuilt.events()).isEmpty();
    assertThat(rebuilt.alerts()).isEmpty();
    assertThat(rebuilt.state().visible()).isEqualTo(state.visible());
    assertThat(rebuilt.state().corrections()).isEqualTo(state.corrections());
    assertThat(rebuilt.state().nextDue()).isEqualTo(state.nextDue());
  }

  @Test
  void aDecisionThatWasNotAppliedIsNotRemembered() {
    SimulatedPatient simulated = new Population(31).patient(3);
    Twins twins = new Twins();
    for (Arrival arrival : simulated.arrivals()) {
      if (twins.one.now().isBefore(arrival.at())) {
        twins.until(arrival.at());
      }
      // As if a transaction was given up after the decision: the state stays what it was.
      ENGINE.decide(twins.one, arrival.fact(), arrival.at(), twins.one.now());
      twins.arrive(new StoredFact(arrival.fact(), arrival.at()));
    }
  }

  @Test
  void anotherGuidelineDoesNotGoOnWithIt() {
    PathwayEngine strict =
        new PathwayEngine(GuidelineEditions.load("lm-nsclc-strict"), EngineSettings.STANDARD);
    int compared = 0;
    for (Arrival arrival : new Population(31).patient(5).arrivals()) {
      MemoryPatient patient = patientUpTo(arrival);
      if (patient.recollection().isEmpty()) {
        continue;
      }
      Decision remembering = strict.decide(patient, arrival.fact(), arrival.at(), arrival.at());
      patient.recollection().forget();
      Decision forgetting = strict.decide(patient, arrival.fact(), arrival.at(), arrival.at());
      assertThat(remembering).isEqualTo(forgetting);
      compared++;
    }
    assertThat(compared).isPositive();
  }

  private static MemoryPatient patientUpTo(Arrival last) {
    MemoryPatient patient = new MemoryPatient(ENGINE, MemoryPatient.Listener.NONE);
    for (Arrival arrival : new Population(31).patient(5).arrivals()) {
      if (arrival.equals(last)) {
        break;
      }
      patient.arrive(arrival.fact(), arrival.at());
    }
    patient.until(last.at());
    return patient;
  }
}
