package io.meninx.deadletter;

import io.meninx.journal.Sha256;
import io.meninx.wire.DeadLetter;
import io.meninx.wire.Frames;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.RawValue;
import io.meninx.wire.registry.RegistryException;
import io.meninx.wire.registry.WireFormat;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A dead letter as named texts, in the order in which they are shown. {@link #redacted} holds
 * nothing that came from the bytes but their lengths and hashes; {@link #revealed} holds them.
 */
public final class LetterText {
  /** A schema id above this is no id that a registry ever gave, but what stood in the bytes. */
  private static final int LARGEST_SCHEMA_ID = 0xffffff;

  private LetterText() {}

  /** What anybody may see. */
  public static Map<String, String> redacted(Letter letter) {
    DeadLetter content = letter.content();
    Optional<PoisonReason> reason = PoisonReason.of(content.reason());
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("id", letter.id().toString());
    texts.put("reason", reason.map(Enum::name).orElse("of another version"));
    reason.ifPresent(
        known -> {
          texts.put("class", known.kind().name());
          texts.put("meaning", known.meaning());
          texts.put("remedy", known.remedy());
        });
    content.field().ifPresent(field -> texts.put("field", field));
    texts.put("received", content.recordTimestamp().toString());
    content.at().ifPresent(at -> texts.put("logicalTime", at.toString()));
    texts.put("engineVersion", content.engineVersion());
    bytes(texts, letter);
    if (!letter.earlier().isEmpty()) {
      texts.put(
          "cameBackAfterReplayOf",
          letter.earlier().stream().map(LetterId::toString).collect(Collectors.joining(", ")));
    }
    texts.put("state", letter.state().name());
    letter
        .handled()
        .ifPresent(
            handled -> {
              texts.put("handledBy", handled.by());
              texts.put("handledAt", handled.at().toString());
              handled.note().ifPresent(note -> texts.put("because", note));
            });
    return texts;
  }

  private static void bytes(Map<String, String> texts, Letter letter) {
    DeadLetter content = letter.content();
    texts.put("bytes", String.valueOf(letter.length()));
    content
        .omitted()
        .ifPresent(
            _ -> texts.put("copied", "no, too large; the bytes are in the topic it came to"));
    content.key().ifPresent(key -> texts.put("keySha256", Sha256.of(key).hex()));
    content.value().ifPresent(value -> texts.put("valueSha256", Sha256.of(value).hex()));
    content.value().flatMap(LetterText::schemaId).ifPresent(id -> texts.put("schemaId", id));
    texts.put("headers", String.valueOf(content.headers().size()));
  }

  private static Optional<String> schemaId(byte[] value) {
    try {
      int id = Frames.schemaId(value);
      return Optional.of(id)
          .filter(known -> known > 0 && known <= LARGEST_SCHEMA_ID)
          .map(String::valueOf);
    } catch (PoisonRecordException _) {
      return Optional.empty();
    }
  }

  /** What the record itself holds, patient data included: for the eyes of who asked for it. */
  public static Map<String, String> revealed(Letter letter, WireFormat wire) {
    DeadLetter content = letter.content();
    Map<String, String> texts = new LinkedHashMap<>();
    content.key().ifPresent(key -> texts.put("key", text(key)));
    int number = 0;
    for (DeadLetter.Header header : content.headers()) {
      number++;
      texts.put(
          "header " + number,
          header.name() + " = " + header.value().map(LetterText::text).orElse("(none)"));
    }
    content
        .value()
        .ifPresent(
            value -> texts.put("value", json(letter, wire, value).orElseGet(() -> text(value))));
    return texts;
  }

  private static Optional<String> json(Letter letter, WireFormat wire, byte[] value) {
    try {
      return RawValue.json(wire.writerSchema(letter.id().topic(), value), value);
    } catch (PoisonRecordException | RegistryException _) {
      return Optional.empty();
    }
  }

  /** As text if it is one, without characters that would act on a terminal, or else as hex. */
  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException _) {
      // Not a text.
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
