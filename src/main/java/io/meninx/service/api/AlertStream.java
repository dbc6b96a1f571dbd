package io.meninx.service.api;

import io.javalin.http.Context;
import io.meninx.readmodel.AlertQuery;
import io.meninx.readmodel.AlertRow;
import io.meninx.readmodel.Feed;
import io.meninx.readmodel.Page;
import io.meninx.service.access.Guard;
import io.meninx.service.http.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Alerts as they change, as server-sent events: {@code alert} with an alert as it is now, {@code
 * behind} every few seconds, {@code lost} when the reader was too slow and has to ask for the list
 * again. Who asks for it gets {@code list} first, and again after {@code lost}: the open alerts
 * that come first in the list, as they are in the read model whose changes follow. Another instance
 * may have read more or less. Each request has a virtual thread of its own, which waits here until
 * the client is gone, the token has expired or the server stops.
 */
final class AlertStream {
  private static final int MOST_STREAMS = 200;
  private static final int QUEUE = 1_000;
  private static final long BEAT_SECONDS = 5;
  private static final int UNAVAILABLE = 503;
  private static final int OK = 200;
  private static final AlertQuery OPEN =
      new AlertQuery(Optional.empty(), Optional.empty(), Optional.empty());

  private final Feed feed;
  private final AtomicBoolean ended;
  private final Semaphore places = new Semaphore(MOST_STREAMS);

  /** Ends when {@code ended} says so. */
  AlertStream(Feed feed, AtomicBoolean ended) {
    this.feed = feed;
    this.ended = ended;
  }

  /**
   * Sends until it ends.
   *
   * @param first how many open alerts are sent first; none without a number
   */
  void to(Context context, Guard.Visit visit, OptionalInt first)
      throws IOException, InterruptedException {
    if (!places.tryAcquire()) {
      throw new ProblemException(UNAVAILABLE, "Too many streams are open.");
    }
    BlockingQueue<AlertRow> changes = new ArrayBlockingQueue<>(QUEUE);
    AtomicBoolean lost = new AtomicBoolean();
    Runnable end =
        feed.watch(
            rows -> rows.stream().filter(row -> !changes.offer(row)).forEach(_ -> lost.set(true)));
    try {
      visit.note(OK);
      context.status(OK).contentType("text/event-stream");
      OutputStream out = context.res().getOutputStream();
      beat(out);
      list(out, first, visit);
      while (!ended.get() && visit.lasts()) {
        AlertRow row = changes.poll(BEAT_SECONDS, TimeUnit.SECONDS);
        if (lost.getAndSet(false)) {
          changes.clear();
          send(out, "lost", new byte[] {'{', '}'});
          list(out, first, visit);
        } else if (row != null) {
          alert(out, row, visit);
        } else {
          beat(out);
        }
      }
    } catch (IOException _) {
      // The client is gone.
      return;
    } finally {
      end.run();
      places.release();
    }
  }

  /** Those who watch are told of what changes from before this on. */
  private void list(OutputStream out, OptionalInt first, Guard.Visit visit) throws IOException {
    if (first.isEmpty()) {
      return;
    }
    Page<AlertRow> page = feed.model().alerts(OPEN, Optional.empty(), first.getAsInt());
    page.items().forEach(row -> visit.sees(row.last().patientId()));
    visit.note(OK);
    send(out, "list", Answers.of(feed.behind(), answer -> answer.alerts(page)));
  }

  private void alert(OutputStream out, AlertRow row, Guard.Visit visit) throws IOException {
    visit.sees(row.last().patientId());
    visit.note(OK);
    send(out, "alert", Answers.of(feed.behind(), answer -> answer.changed(row)));
  }

  private void beat(OutputStream out) throws IOException {
    send(out, "behind", Answers.of(feed.behind(), _ -> {}));
  }

  private static void send(OutputStream out, String event, byte[] data) throws IOException {
    out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
