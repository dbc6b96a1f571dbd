package io.meninx.readmodel;

import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertState;
import io.meninx.wire.Topic;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * Keys of the store. Texts inside a key have their length in front, so that no patient's rows begin
 * like another's.
 *
 * <pre>
 * m name                                      identity of the store, newest decision, how many were left out
 * o topic partition                           next offset
 * p patient                                   present state
 * t patient time kind offset                  timeline: record time and an event, or key and revision of an alert and record time
 * e patient thing                             where the newest event about it stands in the timeline, {@link Thing.Place}
 * a alert revision                            a revision
 * h alert                                     {@link Head}
 * u patient alert                             open alerts of a patient
 * x open priority time alert                  alerts by priority
 * c code open priority time alert             the same, by code
 * w priority time alert                       open alerts that wait for an answer
 * g patient                                   stage of the pathway
 * f patient                                   record time of the null by which the patient was forgotten
 * d patient                                   where its state names open alerts, each a {@link Slot}
 * s patient code gap                          {@link Slot.Known}
 * n name                                      a count, see {@link Tally}
 * </pre>
 *
 * In x and c the most urgent come first, of those the open ones that have been open longest and the
 * ended ones that ended last.
 */
final class Rows {
  private static final byte EVENT = 0;
  private static final byte ALERT = 1;
  private static final int TIMELINE_END = Long.BYTES + 1 + Long.BYTES;

  private Rows() {}

  static byte[] meta(String name) {
    return new Key('m').text(name).bytes();
  }

  static byte[] offset(Topic topic, int partition) {
    return new Key('o').text(topic.baseName()).number(partition).bytes();
  }

  static byte[] patient(String patient) {
    return new Key('p').text(patient).bytes();
  }

  static byte[] timeline(String patient) {
    return new Key('t').text(patient).bytes();
  }

  static byte[] timeline(String patient, Instant at, boolean alert, long offset) {
    return new Key('t')
        .text(patient)
        .number(micros(at))
        .one(alert ? ALERT : EVENT)
        .number(offset)
        .bytes();
  }

  static byte[] newest(String patient) {
    return new Key('e').text(patient).bytes();
  }

  static byte[] newest(String patient, String thing) {
    return new Key('e').text(patient).text(thing).bytes();
  }

  /** Whether a row of the timeline is of an alert. */
  static boolean ofAlert(byte[] key) {
    return key[key.length - TIMELINE_END + Long.BYTES] == ALERT;
  }

  static byte[] revisions(String alert) {
    return new Key('a').text(alert).bytes();
  }

  static byte[] revision(String alert, int revision) {
    return new Key('a').text(alert).number(revision).bytes();
  }

  static byte[] head(String alert) {
    return new Key('h').text(alert).bytes();
  }

  static byte[] openOf(String patient) {
    return new Key('u').text(patient).bytes();
  }

  static byte[] openOf(String patient, String alert) {
    return new Key('u').text(patient).text(alert).bytes();
  }

  static byte[] byPriority(String alert, Head head) {
    return place(new Key('x'), head).text(alert).bytes();
  }

  static byte[] byCode(String alert, Head head) {
    return place(new Key('c').text(head.code()), head).text(alert).bytes();
  }

  static byte[] stageOf(String patient) {
    return new Key('g').text(patient).bytes();
  }

  static byte[] forgotten(String patient) {
    return new Key('f').text(patient).bytes();
  }

  static byte[] named(String patient) {
    return new Key('d').text(patient).bytes();
  }

  static byte[] slot(String patient, Slot slot) {
    return new Key('s').text(patient).text(slot.code()).text(slot.gap()).bytes();
  }

  static byte[] counts() {
    return new Key('n').bytes();
  }

  static byte[] count(String name) {
    return new Key('n').text(name).bytes();
  }

  static byte[] waiting(Priority priority) {
    return new Key('w').one(urgency(priority)).bytes();
  }

  static byte[] waiting(String alert, Priority priority, Instant since) {
    return new Key('w').one(urgency(priority)).number(micros(since)).text(alert).bytes();
  }

  /** Since when the alert of such a row waits. */
  static Instant waitingSince(byte[] key) {
    return instant(ByteBuffer.wrap(key, 2, Long.BYTES).getLong() ^ Long.MIN_VALUE);
  }

  private static Key place(Key key, Head head) {
    long time = micros(head.open() ? head.openedAt() : head.at());
    return key.one(open(head.open()))
        .one(urgency(head.priority()))
        .number(head.open() ? time : Long.MAX_VALUE - time);
  }

  /** What the rows that a question is about begin with. */
  static byte[] index(AlertQuery query) {
    Key key =
        query.code().map(AlertCode::name).map(new Key('c')::text).orElseGet(() -> new Key('x'));
    key.one(open(query.open()));
    query.priority().ifPresent(priority -> key.one(urgency(priority)));
    return key.bytes();
  }

  /** What no other question has: some that differ are answered from the same rows. */
  static byte[] list(AlertQuery query) {
    return new Key('l')
        .text(query.state().map(AlertState::name).orElse(""))
        .text(query.priority().map(Priority::name).orElse(""))
        .text(query.code().map(AlertCode::name).orElse(""))
        .bytes();
  }

  /** The alert at the end of a row of an index. */
  static String alertOf(byte[] key, int prefix, AlertQuery query) {
    int before = prefix + (query.priority().isPresent() ? 0 : 1) + Long.BYTES;
    if (key.length < before + Integer.BYTES) {
      throw new ReadModelException("a row of the read model is damaged");
    }
    return text(ByteBuffer.wrap(key, before, key.length - before));
  }

  private static byte open(boolean open) {
    return (byte) (open ? 0 : 1);
  }

  private static byte urgency(Priority priority) {
    return (byte)
        switch (priority) {
          case STAT -> 0;
          case URGENT -> 1;
          case ROUTINE -> 2;
        };
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static String text(ByteBuffer from) {
    byte[] utf8 = new byte[from.getInt()];
    from.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /**
   * A row that is written from the front. Numbers are of one width and sorted when not negative.
   */
  static final class Key {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Key(char kind) {
      out.write(kind);
    }

    Key() {}

    Key one(byte value) {
      out.write(value);
      return this;
    }

    Key number(int value) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
      return this;
    }

    /** Negative ones before the others. */
    Key number(long value) {
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array());
      return this;
    }

    Key text(String value) {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      number(utf8.length);
      out.writeBytes(utf8);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
