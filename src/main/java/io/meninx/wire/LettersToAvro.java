package io.meninx.wire;

import io.meninx.journal.Sha256;
import io.meninx.wire.avro.Hash;
import io.meninx.wire.avro.OmittedBytes;
import io.meninx.wire.avro.RawHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Dead letters to generated records; few enough for that. */
final class LettersToAvro {
  private LettersToAvro() {}

  private static Hash hash(Sha256 hash) {
    return new Hash(hash.bytes());
  }

  static io.meninx.wire.avro.DeadLetter letter(DeadLetter letter) {
    return new io.meninx.wire.avro.DeadLetter(
        letter.reason(),
        letter.field().orElse(null),
        letter.topic(),
        letter.partition(),
        letter.offset(),
        letter.recordTimestamp(),
        letter.at().orElse(null),
        letter.key().map(ByteBuffer::wrap).orElse(null),
        letter.value().map(ByteBuffer::wrap).orElse(null),
        all(letter.headers(), LettersToAvro::header),
        letter.engineVersion(),
        letter.reasonClass(),
        letter.omitted().map(LettersToAvro::omitted).orElse(null));
  }

  private static OmittedBytes omitted(DeadLetter.Omitted omitted) {
    return new OmittedBytes(
        omitted.length(),
        omitted.key().map(LettersToAvro::hash).orElse(null),
        omitted.value().map(LettersToAvro::hash).orElse(null));
  }

  private static RawHeader header(DeadLetter.Header header) {
    return new RawHeader(header.name(), header.value().map(ByteBuffer::wrap).orElse(null));
  }

  private static <C, W> List<W> all(List<C> values, Function<C, W> writing) {
    List<W> written = new ArrayList<>(values.size());
    values.forEach(value -> written.add(writing.apply(value)));
    return written;
  }
}
