package io.meninx.bench;

import io.meninx.embedded.TemporaryDirectory;
import io.meninx.replay.JournalRecord;
import io.meninx.replay.MemoryJournal;
import io.meninx.replay.Progress;
import io.meninx.replay.Replay;
import io.meninx.replay.ReplayOptions;
import io.meninx.replay.ReplayResult;
import io.meninx.simulate.Population;
import io.meninx.topology.DecisionEngine;
import io.meninx.topology.TopologySettings;
import io.meninx.topology.Workbench;
import io.meninx.wire.Frames;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.InMemoryRegistryClient;
import io.meninx.wire.registry.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Replay of a journal, against reading and decoding the same one. */
final class ReplayRow implements Row {
  private static final int FACTS_PER_PATIENT = 100;
  private static final Duration TICKS = Duration.ofHours(6);

  @Override
  public RowResult measure(Plan plan) throws Exception {
    int patients = plan.size(400, 60);
    plan.progress().accept("replay: decides a journal of " + patients + " patients");
    MemoryJournal journal = journal(plan, patients);
    long entries = journal.atMost(0);
    Replay replay = new Replay(journal, ReplayOptions.all(plan.engineVersion()), Progress.NONE);
    Samples samples = new Samples();
    for (int round = 0; round <= plan.rounds(); round++) {
      plan.progress().accept("replay: round " + round + " of " + plan.rounds());
      Stopwatch.Time read = Stopwatch.time(replay::readOnly);
      Stopwatch.Time replayed = Stopwatch.time(() -> identical(replay));
      if (round > 0) {
        samples.add(
            "replay / read and decode", "", Bar.atLeast(0.5), read.seconds() / replayed.seconds());
        samples.add("the same by processor time", "", read.cpuSeconds() / replayed.cpuSeconds());
        samples.add("replay", "entries/s", entries / replayed.seconds());
        samples.add("read and decode", "entries/s", entries / read.seconds());
      }
    }
    try (TemporaryDirectory scratch = TemporaryDirectory.create("bench")) {
      return new RowResult(
          "replay",
          samples.figures(),
          List.of(
              entries
                  + " entries of "
                  + patients
                  + " patients, "
                  + FACTS_PER_PATIENT
                  + " facts each on average, a tick every "
                  + TICKS.toHours()
                  + " h; one partition, one thread, journal in memory",
              Hotspots.of(scratch.path(), () -> identical(replay))));
    }
  }

  private static ReplayResult identical(Replay replay) {
    ReplayResult result =
        replay.run(
            _ ->
                divergence -> {
                  throw new IllegalStateException("the replay differs: " + divergence.position());
                });
    return result;
  }

  /** What was journaled of a population on one partition. */
  static MemoryJournal journal(Plan plan, int patients) throws Exception {
    InMemoryRegistryClient registry = new InMemoryRegistryClient();
    TopologySettings settings =
        TopologySettings.of(
            "", 1, DecisionEngine.of(plan.engine()), plan.engineVersion(), registry);
    List<JournalRecord> records = new ArrayList<>();
    Population population = Inputs.population(11, FACTS_PER_PATIENT);
    List<Inputs.One> inputs =
        new Inputs(new WireFormat(registry, ""), TICKS, 1)
            .take(population.arrivals(patients), Long.MAX_VALUE);
    try (TemporaryDirectory directory = TemporaryDirectory.create("bench");
        Workbench bench = new Workbench(settings, directory.path())) {
      for (Inputs.One input : inputs) {
        bench.accept(
            input.topic(),
            input.at().toEpochMilli(),
            input.key(),
            input.value(),
            sent -> keep(sent, records));
      }
      bench.finish(sent -> keep(sent, records));
    }
    return new MemoryJournal(Map.of(0, records));
  }

  private static void keep(Workbench.Sent sent, List<JournalRecord> records) {
    if (sent.topic() == Topic.PATHWAY_JOURNAL) {
      byte[] value = sent.value();
      records.add(
          new JournalRecord.Whole(
              records.size(),
              Topic.PATHWAY_JOURNAL.valueSchema(),
              Arrays.copyOfRange(value, Frames.HEADER_LENGTH, value.length)));
    }
  }
}
