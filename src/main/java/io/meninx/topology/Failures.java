package io.meninx.topology;

import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.RegistryUnavailableException;
import org.apache.kafka.common.KafkaException;

/**
 * Gives what is thrown on the way its class: transient, an operator's matter, or a bug; and a bug
 * the record or the work on which it shows. The innermost of these counts: an input that was kept
 * and fails when a tick lets it be decided is the record at fault, not the tick.
 */
final class Failures {
  private Failures() {}

  /** Does what belongs to a record, so that an operator can put that record aside. */
  static void on(InputRecord record, Runnable work) {
    run(
        work,
        fault ->
            new RecordFailureException(
                record.topic().baseName(), record.partition(), record.offset(), fault));
  }

  /** Does what belongs to no record: timers, evaluation after a change of guideline, start. */
  static void ofWork(Runnable work) {
    run(work, WorkFailureException::new);
  }

  @FunctionalInterface
  private interface Bug {
    RuntimeException of(Throwable fault);
  }

  private static void run(Runnable work, Bug bug) {
    try {
      work.run();
    } catch (RegistryUnavailableException e) {
      throw new TransientFailureException("The schema registry is away", e);
    } catch (RecordFailureException | WorkFailureException e) {
      throw e; // These name what failed.
    } catch (TransientFailureException | RegistryException | KafkaException e) {
      throw e; // These name subjects, topics and stores.
    } catch (RuntimeException | Error e) {
      throw bug.of(e); // Also for want of memory: without a name nobody could put the record aside.
    }
  }
}
