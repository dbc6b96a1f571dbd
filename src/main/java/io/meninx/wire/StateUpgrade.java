package io.meninx.wire;

import io.meninx.wire.avro.PatientState;
import io.meninx.wire.avro.StoredFact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Turns rows of an earlier format into rows of today's, by Avro's rules: what is new gets its
 * default, what is gone is left out. It knows the internal schemas as they were released, from
 * {@code schemas/history}. Not safe for use by several threads.
 */
final class StateUpgrade {
  private static final String HISTORY = "history/";

  /** Fields of a state that are rows of their own too. */
  private static final String ALERTS = "alerts";

  private static final String VISIBLE = "visible";

  private final Resolution state;
  private final Resolution fact;
  private final Resolution versions;
  private final Resolution alert;
  private final Resolution visible;

  /** From these schemas to today's. */
  StateUpgrade(Schema state, Schema fact) {
    this.state = new Resolution(state, PatientState.getClassSchema());
    this.fact = new Resolution(fact, StoredFact.getClassSchema());
    Schema today = PatientState.getClassSchema();
    this.versions =
        new Resolution(Schema.createArray(fact), Schema.createArray(StoredFact.getClassSchema()));
    this.alert = new Resolution(alert(state), alert(today));
    this.visible =
        new Resolution(state.getField(VISIBLE).schema(), today.getField(VISIBLE).schema());
  }

  private static Schema alert(Schema state) {
    return state.getField(ALERTS).schema().getElementType();
  }

  /** From the schemas of a release. */
  static StateUpgrade ofRelease(String release) {
    return new StateUpgrade(released(release, "PatientState"), released(release, "StoredFact"));
  }

  private static Schema released(String release, String name) {
    String file = HISTORY + release + "/" + name + ".avsc";
    try (InputStream in = StateUpgrade.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("The build has no schema " + file);
      }
      return new Schema.Parser().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A state. */
  byte[] state(byte[] row) {
    return state.today(row);
  }

  /** A fact version. */
  byte[] fact(byte[] row) {
    return fact.today(row);
  }

  /** Versions of a patient. */
  byte[] versions(byte[] row) {
    return versions.today(row);
  }

  /** An open alert. */
  byte[] alert(byte[] row) {
    return alert.today(row);
  }

  /** A public state. */
  byte[] visible(byte[] row) {
    return visible.today(row);
  }

  private static final class Resolution {
    private final GenericDatumReader<Object> reader;
    private final GenericDatumWriter<Object> writer;
    private final ByteDecoder decoder = new ByteDecoder();

    Resolution(Schema before, Schema today) {
      reader = new GenericDatumReader<>(before, today);
      writer = new GenericDatumWriter<>(today);
    }

    byte[] today(byte[] row) {
      try {
        Object datum = reader.read(null, decoder.over(row, 1, row.length - 1));
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * row.length);
        out.write(StateCodec.FORMAT);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        writer.write(datum, encoder);
        encoder.flush();
        return out.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
