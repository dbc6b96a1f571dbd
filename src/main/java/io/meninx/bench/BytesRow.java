package io.meninx.bench;

import io.meninx.embedded.TemporaryDirectory;
import io.meninx.simulate.Arrival;
import io.meninx.simulate.Population;
import io.meninx.simulate.SimulatedPatient;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.TopologySettings;
import io.meninx.topology.Workbench;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bytes that are written for an input, of patients with few facts and with many. */
final class BytesRow implements Row {
  private static final int FEW = 10;
  private static final int MANY = 1_000;

  /** Inputs looked at of a patient, from the one that has so many before it. */
  private static final int WINDOW = 20;

  private static final Duration TICKS = Duration.ofHours(6);

  /**
   * Without the store of the partition: its one row is written once in a transaction, however many
   * inputs that has.
   */
  private static final List<String> STORES = List.of("facts", "pathways", "timers");

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int patients = plan.size(20, 4);
    Samples samples = new Samples();
    for (int round = 1; round <= plan.rounds(); round++) {
      plan.progress().accept("bytes: round " + round + " of " + plan.rounds());
      Written few = written(plan, round, FEW, patients);
      Written many = written(plan, round, MANY, patients);
      samples.add(
          "changelog, " + MANY + " / " + FEW + " facts",
          "",
          Bar.atMost(1.3),
          many.total("changelog") / few.total("changelog"));
      few.add(samples, FEW);
      many.add(samples, MANY);
    }
    return new RowResult(
        "bytes",
        samples.figures(),
        List.of(
            "keys and values, before compression; "
                + patients
                + " patients a round, other ones in every round, "
                + WINDOW
                + " inputs of each after the first "
                + FEW
                + " and "
                + MANY
                + "; not counted: ticks, and the one row of the partition, which is written once in"
                + " a transaction"));
  }

  /** Bytes and records an input, by where they go. */
  private static final class Written {
    private final Map<String, Double> bytes = new LinkedHashMap<>();
    private final Map<String, Double> records = new LinkedHashMap<>();
    private double inputs;

    void add(String where, long count, long length) {
      bytes.merge(where, (double) length, Double::sum);
      records.merge(where, (double) count, Double::sum);
    }

    double total(String kind) {
      return sum(bytes, kind) / inputs;
    }

    private static double sum(Map<String, Double> values, String kind) {
      return values.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(kind))
          .mapToDouble(Map.Entry::getValue)
          .sum();
    }

    void add(Samples samples, int facts) {
      String at = ", at " + facts + " facts";
      samples.add("input value" + at, "bytes/input", total("input"));
      samples.add("changelog" + at, "bytes/input", total("changelog"));
      samples.add(
          "changelog" + at + ", records", "records/input", sum(records, "changelog") / inputs);
      samples.add("output" + at, "bytes/input", total("output"));
      samples.add("output" + at + ", records", "records/input", sum(records, "output") / inputs);
      bytes.forEach(
          (where, length) -> {
            if (!where.startsWith("input")) {
              samples.add("  " + where + at, "bytes/input", length / inputs);
            }
          });
    }
  }

  private static Written written(Plan plan, long seed, int facts, int patients) throws Exception {
    InMemoryRegistryClient registry = new InMemoryRegistryClient();
    TopologySettings settings =
        TopologySettings.of(
            "", 1, DecisionEngine.of(plan.engine()), plan.engineVersion(), registry);
    Inputs inputs = new Inputs(new WireFormat(registry, ""), TICKS, 1);
    Population population = Inputs.population(100 + seed, facts < 100 ? 0 : 1.2 * facts);
    Written written = new Written();
    for (String store : STORES) {
      written.add("changelog " + store, 0, 0);
    }
    int looked = 0;
    for (long index = 0; looked < patients; index++) {
      SimulatedPatient patient = population.patient(index);
      if (patient.arrivals().size() >= facts + WINDOW) {
        try (TemporaryDirectory directory = TemporaryDirectory.create("bench");
            Workbench bench = new Workbench(settings, directory.path())) {
          tell(patient, facts, bench, inputs, written);
        }
        looked++;
      }
    }
    return written;
  }

  private static void tell(
      SimulatedPatient patient, int facts, Workbench bench, Inputs inputs, Written written) {
    Instant ticked = Instant.MIN;
    for (int i = 0; i < facts + WINDOW; i++) {
      Arrival arrival = patient.arrivals().get(i);
      if (i == 0 || Duration.between(ticked, arrival.at()).compareTo(TICKS) >= 0) {
        ticked = arrival.at();
        accept(bench, inputs.tick(ticked, 0), new Written());
        bench.finish(_ -> {});
      }
      accept(bench, inputs.fact(arrival), i < facts ? new Written() : written);
    }
  }

  private static void accept(Workbench bench, Inputs.One input, Written written) {
    Map<String, Workbench.Written> before = bench.written();
    bench.accept(
        input.topic(),
        input.at().toEpochMilli(),
        input.key(),
        input.value(),
        sent ->
            written.add(
                "output " + sent.topic().baseName(), 1, sent.keyBytes() + sent.value().length));
    Map<String, Workbench.Written> after = bench.written();
    for (String store : STORES) {
      Workbench.Written none = new Workbench.Written(0, 0);
      Workbench.Written earlier = before.getOrDefault(store, none);
      Workbench.Written now = after.getOrDefault(store, none);
      written.add(
          "changelog " + store, now.records() - earlier.records(), now.bytes() - earlier.bytes());
    }
    written.add("input", 1, input.value().length);
    written.inputs++;
  }
}
