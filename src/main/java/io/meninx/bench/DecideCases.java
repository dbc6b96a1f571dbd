package io.meninx.bench;

import io.meninx.edition.GuidelineEditions;
import io.meninx.fact.EventId;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.Report;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.StoredFact;
import io.meninx.journal.Input;
import io.meninx.pathway.Decision;
import io.meninx.pathway.EngineSettings;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PathwayEngine;
import io.meninx.pathway.PatientState;
import io.meninx.pathway.PatientView;
import io.meninx.pathway.Recollection;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulatedPatient;
import io.meninx.wire.Encoded;
import io.meninx.wire.FactReader;
import io.meninx.wire.FactWriter;
import io.meninx.wire.PoisonRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decisions on one more fact of patients of whom so many are known, and the same facts to be
 * decoded. Since deciding is a function, the same decision can be made again and again. For use by
 * one thread.
 */
final class DecideCases {
  private static final int ARRIVALS_LOOKED_AT = 20;

  private final int facts;
  private final PathwayEngine engine =
      new PathwayEngine(GuidelineEditions.standard(), EngineSettings.STANDARD);
  private final FactReader reader = new FactReader();
  private final List<Case> inOrder = new ArrayList<>();
  private final List<Case> amended = new ArrayList<>();
  private int next;

  /** A decision to be made. */
  private record Case(PatientView view, Fact fact, Instant at, Encoded encoded) {}

  /** A patient as known at a moment; only what the engine remembers changes. */
  private record Known(
      PatientState state,
      List<StoredFact> all,
      Map<EventId, StoredFact> byEvent,
      Map<ReportId, List<StoredFact>> byReport,
      Map<String, Integer> ended,
      Recollection recollection)
      implements PatientView {
    @Override
    public Optional<StoredFact> byEventId(EventId eventId) {
      return Optional.ofNullable(byEvent.get(eventId));
    }

    @Override
    public List<StoredFact> versions(ReportId reportId) {
      return byReport.getOrDefault(reportId, List.of());
    }

    @Override
    public int endedRevision(String alertKey) {
      return ended.getOrDefault(alertKey, 0);
    }
  }

  /**
   * Tells the patients' stories up to the fact that is to be decided.
   *
   * @param facts known of each patient
   */
  DecideCases(int facts) throws PoisonRecordException {
    this.facts = facts;
    int patients = facts >= 10_000 ? 2 : facts >= 1_000 ? 8 : 40;
    Population population = Inputs.population(7, facts < 100 ? 0 : 1.2 * facts);
    for (long index = 0; patients > 0; index++) {
      SimulatedPatient patient = population.patient(index);
      if (patient.arrivals().size() >= facts + ARRIVALS_LOOKED_AT) {
        tell(patient);
        patients--;
      }
    }
  }

  private void tell(SimulatedPatient patient) throws PoisonRecordException {
    FactWriter writer = new FactWriter();
    List<StoredFact> all = new ArrayList<>();
    Map<String, Integer> ended = new HashMap<>();
    MemoryPatient memory =
        new MemoryPatient(
            engine,
            (_, _, decision) -> {
              decision.store().ifPresent(all::add);
              decision.ended().forEach(end -> ended.put(end.alertKey(), end.revision()));
            });
    boolean amends = false;
    for (int i = 0; i < facts + ARRIVALS_LOOKED_AT; i++) {
      Arrival arrival = patient.arrivals().get(i);
      if (i >= facts) {
        memory.until(arrival.at());
        if (isInOrder(memory, arrival)) {
          Known known = known(memory.state(), all, ended);
          inOrder.add(new Case(known, arrival.fact(), arrival.at(), writer.encode(arrival.fact())));
          if (!amends) {
            Fact amendment = amendment(all, arrival.at());
            amended.add(new Case(known, amendment, arrival.at(), writer.encode(amendment)));
            amends = true;
          }
        }
      }
      memory.arrive(arrival.fact(), arrival.at());
    }
  }

  private static Known known(PatientState state, List<StoredFact> all, Map<String, Integer> ended) {
    Map<EventId, StoredFact> byEvent = new HashMap<>();
    Map<ReportId, List<StoredFact>> byReport = new HashMap<>();
    for (StoredFact stored : all) {
      byEvent.put(stored.fact().header().eventId(), stored);
      byReport
          .computeIfAbsent(stored.fact().header().reportId(), _ -> new ArrayList<>(1))
          .add(stored);
    }
    return new Known(
        state, List.copyOf(all), byEvent, byReport, Map.copyOf(ended), new Recollection());
  }

  /** A report that is new, and in the order of clinical times after all that are known. */
  private static boolean isInOrder(MemoryPatient memory, Arrival arrival) {
    Header header = arrival.fact().header();
    List<Report> retained = memory.state().retained();
    Report report = Report.of(new StoredFact(arrival.fact(), arrival.at()));
    return memory.byEventId(header.eventId()).isEmpty()
        && memory.versions(header.reportId()).isEmpty()
        && (retained.isEmpty() || Report.FOLD_ORDER.compare(retained.getLast(), report) < 0);
  }

  /** The same values as an amended version of the oldest conclusive fact. */
  private static Fact amendment(List<StoredFact> all, Instant at) {
    Fact oldest =
        all.stream()
            .map(StoredFact::fact)
            .filter(fact -> fact.header().status() == ResultStatus.FINAL)
            .findFirst()
            .orElseThrow();
    Header header = oldest.header();
    return oldest.withHeader(
        new Header(
            new EventId(header.eventId().value() + "-amended"),
            header.patientId(),
            header.reportId(),
            ResultStatus.AMENDED,
            header.observedAt(),
            at,
            header.source()));
  }

  /** Number of facts in order. */
  int size() {
    return inOrder.size();
  }

  /** Makes the engine remember each patient, as it does after a decision. */
  void remember() {
    for (Case one : inOrder) {
      engine.remember(one.view(), one.at());
    }
  }

  /** Makes the engine remember the patient whose turn it is next. */
  void rememberNext() {
    Case one = inOrder.get(next % inOrder.size());
    engine.remember(one.view(), one.at());
  }

  /** Decides on a fact in order; of a patient who is remembered, if that was asked for before. */
  Decision inOrder() {
    return decide(inOrder);
  }

  /** Decides on an amendment of the oldest fact. */
  Decision amended() {
    return decide(amended);
  }

  private Decision decide(List<Case> cases) {
    Case one = cases.get(next++ % cases.size());
    return engine.decide(one.view(), one.fact(), one.at(), one.at());
  }

  /** Decodes a fact in order. */
  Input decode() throws PoisonRecordException {
    Encoded encoded = inOrder.get(next++ % inOrder.size()).encoded();
    return reader.decode(
        encoded.topic(), encoded.schema(), encoded.body(), 0, encoded.body().length);
  }
}
