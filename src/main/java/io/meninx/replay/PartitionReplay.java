package io.meninx.replay;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import io.meninx.journal.Input;
import io.meninx.journal.JournalEntry;
import io.meninx.journal.JournalEntry.Coordinates;
import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.journal.JournalEntry.Group;
import io.meninx.replay.ChainReport.Fault;
import io.meninx.replay.JournalRecord.Erased;
import io.meninx.replay.JournalRecord.Whole;
import io.meninx.replay.PartitionResult.GuidelineInUse;
import io.meninx.wire.OutputReader;
import io.meninx.wire.PoisonRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One partition from its first entry to its end. For use by one thread. */
final class PartitionReplay {
  /** Entries between two words to whoever watches. */
  private static final int STRIDE = 256;

  private final int partition;
  private final ReplayOptions options;
  private final ChainAudit chain = new ChainAudit();
  private final OffsetAudit offsets;
  private final Engines engines = new Engines();
  private final Recomputation recomputation;
  private final Watcher watcher;
  private final DivergenceSink sink;
  private final RuleTally rules;
  private final OutputReader reader = new OutputReader();
  private final Map<String, Long> engineVersions = new TreeMap<>();
  private final List<GuidelineInUse> guidelines = new ArrayList<>();
  private Optional<Divergence> first = Optional.empty();
  private long entries;
  private long identical;
  private long diverged;
  private long engineChanged;
  private long onErased;
  private long onMissing;
  private long erased;
  private long unreadable;
  private boolean ended;

  /** Whether there is any record at all. */
  private boolean met;

  /** Whether an entry names a patient who is asked for. */
  private boolean named;

  /** Number of the first entry there is, be it behind the end of what is looked at. */
  private Optional<Long> oldest = Optional.empty();

  /** Makes the recomputation out of the engines and of whoever takes differences. */
  interface Making {
    Recomputation make(Engines engines, Consumer<Divergence> found);
  }

  PartitionReplay(
      int partition,
      ReplayOptions options,
      RuleTally rules,
      Watcher watcher,
      DivergenceSink sink,
      Making making) {
    this.partition = partition;
    this.offsets = new OffsetAudit(partition, chain);
    this.options = options;
    this.rules = rules;
    this.watcher = watcher;
    this.sink = sink;
    this.recomputation = making.make(engines, this::found);
  }

  /** Goes through the journal to its end. */
  void run(JournalReader journal, Progress progress) {
    int told = 0;
    for (Optional<JournalRecord> next = journal.next();
        next.isPresent() && (!ended || watcher.looks());
        next = journal.next()) {
      met = true;
      switch (next.get()) {
        case Whole whole -> whole(whole);
        case Erased gone -> erased(gone);
      }
      if (++told == STRIDE) {
        progress.done(told);
        told = 0;
      }
    }
    progress.done(told);
    recomputation.end();
  }

  /** Differences that show only when all is known: entries they are in are not identical. */
  void late(Stream<WhatIfWatcher.Late> differences) {
    Set<JournalPosition> changed = new HashSet<>();
    differences.forEach(
        one -> {
          found(one.divergence());
          changed.addAll(one.recordedIn());
        });
    identical -= changed.size();
    diverged += changed.size();
  }

  /** Where a patient stands at the end. */
  Optional<Standing> standing(PatientId patient) {
    return recomputation.standing(patient);
  }

  /** What of a patient is erased. */
  ErasedPart erasedOf(PatientId patient) {
    return recomputation.erasedOf(patient);
  }

  /**
   * What of it can't be looked at.
   *
   * @param emptied whether it had entries and has none any more
   */
  Unseen unseen(boolean emptied) {
    return new Unseen(
        partition,
        erased,
        oldest.orElse(0L),
        emptied && !met,
        unreadable,
        !chain.report().unbroken());
  }

  /**
   * What came of it.
   *
   * @param emptied whether it had entries and has none any more
   * @param inputs topics it is about
   */
  PartitionResult result(boolean emptied, Optional<InputTopics> inputs) {
    if (emptied && !met) {
      chain.fault(0, Fault.MISSING, "all entries are missing; an archive may hold them");
    }
    List<InputOffsets> sums = offsets.compared(inputs);
    return new PartitionResult(
        partition,
        entries,
        named,
        recomputation.patients(),
        identical,
        diverged,
        engineChanged,
        onErased,
        recomputation.erasedPatients(),
        onMissing,
        recomputation.missingPatients(),
        erased,
        unreadable,
        first,
        chain.report(),
        sums,
        engineVersions,
        guidelines);
  }

  private void whole(Whole record) {
    JournalEntry entry;
    try {
      entry = record.entry(reader);
    } catch (PoisonRecordException e) {
      chain.link(record);
      chain.unreadable("the entry can't be decoded: " + e.getMessage());
      entries++;
      unreadable++;
      return;
    }
    oldest = oldest.or(() -> Optional.of(entry.sequence()));
    if (ended || isLater(entry.logicalTime(), entry.coordinates())) {
      ended = true;
      undecided(entry);
      return;
    }
    chain.link(record);
    chain.number(entry.sequence());
    entry.coordinates().ifPresent(at -> offsets.accept(entry.sequence(), at));
    begin(entry.sequence(), entry.logicalTime(), entry.disposition());
    learn(entry);
    named |= names(entry);
    watch(entry);
    count(entry.engineVersion(), entry.guidelineHash(), entry.sequence());
    switch (recomputation.entry(new JournalPosition(partition, entry.sequence()), entry)) {
      case IDENTICAL -> identical++;
      case DIVERGED -> diverged++;
      case ENGINE_CHANGED -> engineChanged++;
      case ON_ERASED -> onErased++;
      case ON_MISSING -> onMissing++;
    }
  }

  private void erased(Erased entry) {
    oldest = oldest.or(() -> Optional.of(entry.sequence()));
    if (ended || isLater(entry.logicalTime(), entry.coordinates())) {
      ended = true;
      return;
    }
    chain.link(entry);
    chain.number(entry.sequence());
    entry.coordinates().ifPresent(at -> offsets.accept(entry.sequence(), at));
    begin(entry.sequence(), entry.logicalTime(), entry.disposition());
    count(entry.engineVersion(), entry.guidelineHash(), entry.sequence());
    recomputation.erased(entry);
    erased++;
  }

  private void begin(long sequence, Optional<Instant> logicalTime, Disposition disposition) {
    if (entries == 0 && sequence > 0) {
      recomputation.beginsLate(logicalTime, disposition);
    }
  }

  /** Whether it names a patient who is asked for; nobody is, where all are. */
  private boolean names(JournalEntry entry) {
    if (named || options.patients().isEmpty()) {
      return false;
    }
    return patientOf(entry).filter(options::wants).isPresent()
        || entry.groups().stream().anyMatch(group -> options.wants(group.patientId()));
  }

  private void watch(JournalEntry entry) {
    if (!watcher.looks()) {
      return;
    }
    JournalPosition position = new JournalPosition(partition, entry.sequence());
    if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)
        && options.wants(fact.header().patientId())) {
      watcher.input(position, entry, fact);
    }
    for (Group group : entry.groups()) {
      if (options.wants(group.patientId())) {
        watcher.recorded(position, group);
      }
    }
  }

  private void learn(JournalEntry entry) {
    entry
        .guidelineText()
        .flatMap(text -> engines.learn(entry.guidelineHash(), text))
        .ifPresent(wrong -> chain.fault(entry.sequence(), Fault.GUIDELINE, wrong));
  }

  private void count(String engineVersion, String hash, long sequence) {
    entries++;
    engineVersions.merge(engineVersion, 1L, Long::sum);
    if (guidelines.isEmpty() || !guidelines.getLast().hash().equals(hash)) {
      guidelines.add(new GuidelineInUse(hash, sequence));
    }
  }

  /** An input behind the end of what is looked at, which may have been received before it. */
  private void undecided(JournalEntry entry) {
    Instant until = options.until().orElse(Instant.MIN);
    if (entry.input().orElse(null) instanceof Input.OfFact(Fact fact)
        && options.wants(fact.header().patientId())
        && receivedAt(entry).filter(until::isBefore).isEmpty()) {
      watcher.undecided(new JournalPosition(partition, entry.sequence()), entry, fact);
    }
  }

  private boolean isLater(Optional<Instant> logicalTime, Optional<Coordinates> coordinates) {
    return options
        .until()
        .filter(
            until ->
                logicalTime.filter(until::isBefore).isPresent()
                    || coordinates.filter(at -> until.isBefore(at.recordTimestamp())).isPresent())
        .isPresent();
  }

  private void found(Divergence divergence) {
    if (first.isEmpty()) {
      first = Optional.of(divergence);
    }
    rules.add(divergence);
    sink.accept(divergence);
  }

  /** Whom an entry's input is about. */
  static Optional<PatientId> patientOf(JournalEntry entry) {
    return entry
        .input()
        .flatMap(
            input ->
                input instanceof Input.OfFact(Fact fact)
                    ? Optional.of(fact.header().patientId())
                    : Optional.empty());
  }

  /** When an entry's input was received. */
  static Optional<Instant> receivedAt(JournalEntry entry) {
    return entry.coordinates().map(JournalEntry.Coordinates::recordTimestamp);
  }
}
