package io.meninx.bench;

import io.meninx.embedded.TemporaryDirectory;
import io.meninx.fact.Fact;
import io.meninx.fact.Header;
import io.meninx.fact.PatientId;
import io.meninx.fact.Report;
import io.meninx.fact.ReportList;
import io.meninx.fact.StoredFact;
import io.meninx.pathway.MemoryPatient;
import io.meninx.pathway.PatientState;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.SimulatedPatient;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.TopologySettings;
import io.meninx.topology.Workbench;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tick on a partition that tracks very many patients, of whom none or some are due. */
final class TickRow implements Row {
  private static final int SOME = 100;
  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final Instant NEVER_DUE = Instant.parse("2090-01-01T00:00:00Z");
  private static final int FACTS_OF_DUE_PATIENTS = 40;

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int tracked = plan.size(1_000_000, 100_000);
    int many = plan.size(10_000, 1_000);
    int nothing = plan.size(200, 50);
    InMemoryRegistryClient registry = new InMemoryRegistryClient();
    TopologySettings settings =
        TopologySettings.of(
            "", 1, DecisionEngine.of(plan.engine()), plan.engineVersion(), registry);
    try (TemporaryDirectory directory = TemporaryDirectory.create("bench");
        Workbench bench = new Workbench(settings, directory.path())) {
      Inputs inputs = new Inputs(new WireFormat(registry, ""), Duration.ofMillis(1), 1);
      Template due = template(plan, FACTS_OF_DUE_PATIENTS);
      Instant start = due.at().plusSeconds(1);
      plan.progress().accept("tick: " + tracked + " patients into the stores");
      track(bench, template(plan, 1).state(), "waits", tracked, NEVER_DUE);
      for (int round = 0; round <= plan.rounds(); round++) {
        Instant base = start.plus(ROUND.multipliedBy(round));
        track(bench, due.state(), "some-" + round, SOME, base.plusSeconds(1));
        track(bench, due.state(), "many-" + round, many, base.plusSeconds(2));
      }
      Samples samples = new Samples();
      for (int round = 0; round <= plan.rounds(); round++) {
        plan.progress().accept("tick: round " + round + " of " + plan.rounds());
        Instant base = start.plus(ROUND.multipliedBy(round));
        double none = 0;
        for (int i = 0; i < nothing; i++) {
          none += tick(bench, inputs, base.plusMillis(i));
        }
        double some = tick(bench, inputs, base.plusSeconds(1));
        double thousands = tick(bench, inputs, base.plusSeconds(2));
        if (round > 0) {
          samples.add("nothing due", "ms", Bar.atMost(1), 1e3 * none / nothing);
          samples.add(SOME + " due", "ms", 1e3 * some);
          samples.add(many + " due", "ms", 1e3 * thousands);
          samples.add("of those, each", "us", 1e6 * thousands / many);
        }
      }
      return new RowResult(
          "tick",
          samples.figures(),
          List.of(
              tracked
                  + " patients tracked on one partition, stores on disk, without changelog; a"
                  + " patient that is due has "
                  + due.state().retained().size()
                  + " reports",
              "nothing due: one look at the store of timers and one journal entry; else the"
                  + " decisions on those who are due"));
    }
  }

  private static double tick(Workbench bench, Inputs inputs, Instant time) throws Exception {
    Inputs.One tick = inputs.tick(time, 0);
    return Stopwatch.seconds(
        () -> {
          bench.accept(tick.topic(), time.toEpochMilli(), Optional.empty(), tick.value(), _ -> {});
          bench.finish(_ -> {});
          return bench;
        });
  }

  private record Template(PatientState state, Instant at) {}

  /** A patient of the simulation of whom so many facts are known. */
  private static Template template(Plan plan, int facts) {
    long index = 0;
    SimulatedPatient patient = Inputs.population(5, 0).patient(index);
    while (patient.arrivals().size() < facts + 1) {
      patient = Inputs.population(5, 0).patient(++index);
    }
    MemoryPatient memory = new MemoryPatient(plan.engine(), MemoryPatient.Listener.NONE);
    for (Arrival arrival : patient.arrivals().subList(0, facts)) {
      memory.arrive(arrival.fact(), arrival.at());
    }
    return new Template(memory.state(), memory.now());
  }

  private static void track(
      Workbench bench, PatientState template, String name, int count, Instant due) {
    Map<PatientId, PatientState> batch = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      PatientId patient = new PatientId(name + "-" + i);
      batch.put(patient, of(patient, template, due));
      if (batch.size() == 1_000 || i + 1 == count) {
        bench.track(batch);
        batch.clear();
      }
    }
  }

  private static PatientState of(PatientId patient, PatientState template, Instant due) {
    List<Report> reports = new ArrayList<>(template.retained().size());
    for (Report report : template.retained()) {
      reports.add(
          new Report(
              of(patient, report.current()),
              report.earlier().stream().map(version -> of(patient, version)).toList()));
    }
    return new PatientState(
        template.factCount(),
        ReportList.copyOf(reports),
        template.frontier(),
        template.corrections(),
        template.alerts(),
        template.visible(),
        template.responseAssessed(),
        Optional.of(due));
  }

  private static StoredFact of(PatientId patient, StoredFact stored) {
    Fact fact = stored.fact();
    Header header = fact.header();
    return new StoredFact(
        fact.withHeader(
            new Header(
                header.eventId(),
                patient,
                header.reportId(),
                header.status(),
                header.observedAt(),
                header.reportedAt(),
                header.source())),
        stored.receivedAt());
  }
}
