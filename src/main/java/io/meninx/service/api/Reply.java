package io.meninx.service.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.meninx.fact.AlertResponse;
import io.meninx.fact.AlertResponse.Action;
import io.meninx.fact.EventId;
import io.meninx.fact.Header;
import io.meninx.fact.ObservedAt;
import io.meninx.fact.PatientId;
import io.meninx.fact.ReportId;
import io.meninx.fact.ResultStatus;
import io.meninx.fact.Source;
import io.meninx.service.http.ProblemException;
import io.meninx.wire.FactStructure;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What somebody answers to an alert.
 *
 * @param action what they do
 * @param reason in their words; needed for an override
 * @param snoozeDays 1 to 7; only with SNOOZED, and needed there
 * @param mdtId of the deciding tumour board
 * @param revision of the alert they looked at; an answer to another one is refused
 */
record Reply(
    Action action,
    Optional<String> reason,
    OptionalInt snoozeDays,
    Optional<String> mdtId,
    OptionalInt revision) {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();
  private static final int BAD_REQUEST = 400;
  private static final int UNPROCESSABLE = 422;
  private static final int LONGEST_TEXT = 1_000;
  private static final int LONGEST_SNOOZE = 7;

  /**
   * Reads and checks.
   *
   * @throws ProblemException 400: no such JSON; 422: a field is not as it must be
   */
  static Reply read(byte[] body) {
    Fields fields = new Fields();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ProblemException(BAD_REQUEST, "The body must be a JSON object.");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.read(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new ProblemException(BAD_REQUEST, "There is more after the JSON object.");
      }
    } catch (IOException e) {
      throw new ProblemException(BAD_REQUEST, "The body is not JSON.", e);
    }
    return fields.reply();
  }

  /** Fields found so far. */
  private static final class Fields {
    private Optional<Action> action = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private OptionalInt snoozeDays = OptionalInt.empty();
    private Optional<String> mdtId = Optional.empty();
    private OptionalInt revision = OptionalInt.empty();

    void read(String name, JsonParser parser) throws IOException {
      switch (name) {
        case "action" -> action = Optional.of(action(parser));
        case "reason" -> reason = text(name, parser);
        case "snoozeDays" -> snoozeDays = number(name, parser, LONGEST_SNOOZE);
        case "mdtId" -> mdtId = id(name, parser);
        case "revision" -> revision = number(name, parser, Integer.MAX_VALUE);
        default -> throw wrong("Known fields are action, reason, snoozeDays, mdtId and revision.");
      }
    }

    private static Action action(JsonParser parser) throws IOException {
      String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      return Arrays.stream(Action.values())
          .filter(one -> one.name().equals(text))
          .findFirst()
          .orElseThrow(() -> wrong("action must be ACKNOWLEDGED, SNOOZED or OVERRIDDEN."));
    }

    private static Optional<String> text(String name, JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText().strip() : "";
      if (text.isEmpty() || text.length() > LONGEST_TEXT) {
        throw wrong(name + " must be a text of 1 to " + LONGEST_TEXT + " characters.");
      }
      return Optional.of(text);
    }

    private static Optional<String> id(String name, JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return Optional.empty();
      }
      String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText().strip() : "";
      if (!FactStructure.isId(text)) {
        throw wrong(
            name + " must be a text of 1 to " + FactStructure.MAX_ID_BYTES + " bytes of UTF-8.");
      }
      return Optional.of(text);
    }

    private static OptionalInt number(String name, JsonParser parser, int most) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return OptionalInt.empty();
      }
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
          || parser.getBigIntegerValue().signum() <= 0
          || parser.getBigIntegerValue().bitLength() >= Integer.SIZE
          || parser.getIntValue() > most) {
        throw wrong(name + " must be a whole number from 1 to " + most + ".");
      }
      return OptionalInt.of(parser.getIntValue());
    }

    Reply reply() {
      Action what = action.orElseThrow(() -> wrong("action is missing."));
      if ((what == Action.SNOOZED) != snoozeDays.isPresent()) {
        throw wrong("snoozeDays goes with SNOOZED, and SNOOZED with snoozeDays.");
      }
      if (what == Action.OVERRIDDEN && reason.isEmpty()) {
        throw wrong("OVERRIDDEN needs a reason.");
      }
      return new Reply(what, reason, snoozeDays, mdtId, revision);
    }

    private static ProblemException wrong(String detail) {
      return new ProblemException(UNPROCESSABLE, detail);
    }
  }

  /**
   * The fact. Who answered stands in its source, and so in the journal; no rule looks at it.
   *
   * @param id of the message and the report
   */
  AlertResponse fact(String id, PatientId patient, String alertKey, String who, Instant now) {
    return new AlertResponse(
        new Header(
            new EventId(id),
            patient,
            new ReportId(id),
            ResultStatus.FINAL,
            ObservedAt.at(now),
            now,
            new Source("meninx-http", who)),
        Optional.of(alertKey),
        Optional.empty(),
        Optional.empty(),
        action,
        reason,
        snoozeDays,
        mdtId);
  }
}
