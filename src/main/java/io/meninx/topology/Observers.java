package io.meninx.topology;

import io.meninx.journal.JournalEntry.Disposition;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells several. */
record Observers(List<Observer> observers) implements Observer {
  Observers {
    observers = List.copyOf(observers);
  }

  @Override
  public void processed(Topic topic, Disposition disposition, Optional<PoisonReason> reason) {
    observers.forEach(observer -> observer.processed(topic, disposition, reason));
  }

  @Override
  public void deadLetter(Topic topic, PoisonReason reason) {
    observers.forEach(observer -> observer.deadLetter(topic, reason));
  }

  @Override
  public void tick(int partition, Tick tick, Duration distance) {
    observers.forEach(observer -> observer.tick(partition, tick, distance));
  }

  @Override
  public void moved(int partition, Instant logicalTime) {
    observers.forEach(observer -> observer.moved(partition, logicalTime));
  }

  @Override
  public void taken(int partition, Optional<Instant> logicalTime) {
    observers.forEach(observer -> observer.taken(partition, logicalTime));
  }

  @Override
  public void worked(int partition, int count, boolean more) {
    observers.forEach(observer -> observer.worked(partition, count, more));
  }

  @Override
  public void decided(Decided decided) {
    observers.forEach(observer -> observer.decided(decided));
  }

  @Override
  public void journaled(long bytes) {
    observers.forEach(observer -> observer.journaled(bytes));
  }
}
