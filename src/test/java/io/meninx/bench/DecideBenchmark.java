package io.meninx.bench;

import io.meninx.journal.Input;
import io.meninx.pathway.Decision;
import io.meninx.wire.PoisonRecordException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What the row {@code decide} measures, by JMH. */
@State(Scope.Benchmark)
public class DecideBenchmark {
  /** Facts known of each patient. */
  @Param({"10", "100", "1000", "10000"})
  public int facts;

  private @Nullable DecideCases cases;

  /** Tells the patients' stories. */
  @Setup(Level.Trial)
  public void tell() throws PoisonRecordException {
    cases = new DecideCases(facts);
  }

  private DecideCases cases() {
    return Optional.ofNullable(cases).orElseThrow();
  }

  /** A patient who is remembered from the last decision; takes no part in what is measured. */
  @State(Scope.Thread)
  public static class Remembered {
    /** Before each decision. */
    @Setup(Level.Invocation)
    public void remember(DecideBenchmark benchmark) {
      benchmark.cases().rememberNext();
    }
  }

  /** Decides on a fact in order. */
  @Benchmark
  public Decision inOrder(Remembered remembered) {
    return cases().inOrder();
  }

  /** Decides on an amendment of the oldest fact. */
  @Benchmark
  public Decision amended() {
    return cases().amended();
  }

  /** Decodes a fact in order. */
  @Benchmark
  public Input decode() throws PoisonRecordException {
    return cases().decode();
  }
}
