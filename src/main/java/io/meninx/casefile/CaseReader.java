package io.meninx.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import io.meninx.casefile.CaseFile.Arrival;
import io.meninx.fact.Fact;
import io.meninx.fact.FactKind;
import io.meninx.fact.Header;
import io.meninx.wire.FactStructure;
import io.meninx.wire.PoisonRecordException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one case file: the keys of the file, then fact by fact in the order written. */
final class CaseReader {

  private static final int NAME_AT_MOST = 100;

  private final Problems problems = new Problems();
  private final List<Arrival> arrivals = new ArrayList<>();
  private int lastClockDay = Integer.MIN_VALUE;

  private CaseReader() {}

  static CaseFile read(String file, byte[] json) {
    var reader = new CaseReader();
    try {
      Optional<JsonNode> tree = Json.read(json, reader.problems);
      Optional<CaseFile> read = tree.flatMap(reader::caseFile);
      reader.problems.throwIfAny(file);
      return read.orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  private Optional<CaseFile> caseFile(JsonNode tree) {
    Fields fields = Fields.of(tree, "$", problems);
    String name = name(fields);
    Optional<String> title = fields.text("title");
    Optional<String> citation = fields.text("citation");
    fields.object("patient").ifPresent(CaseReader::patient);
    LocalDate startsAt = startsAt(fields);
    facts(fields, new Timeline(name, startsAt));
    fields.refuseOthers();
    if (problems.count() > 0) {
      return Optional.empty();
    }
    arrivals.sort(Comparator.comparing(Arrival::at).thenComparing(Arrival::index));
    return Optional.of(new CaseFile(name, title, citation, startsAt, arrivals, end(startsAt)));
  }

  /** The name becomes a file name, so it must not be able to lead anywhere else. */
  private static String name(Fields fields) {
    Optional<String> name = fields.text("case");
    if (name.isEmpty()) {
      if (fields.value("case").isEmpty()) {
        fields.refuse("case", "must be there: the name of the case");
      }
      return "unnamed";
    }
    String text = name.get();
    boolean safe =
        text.length() <= NAME_AT_MOST
            && isIdentifier(text)
            && !text.startsWith(".")
            && text.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (!safe) {
      fields.refuse(
          "case",
          "names a file and the patient: at most %d characters and %d bytes of UTF-8, no half of a"
                  .formatted(NAME_AT_MOST, FactStructure.MAX_ID_BYTES)
              + " surrogate pair, no slash or control character, no dot in front");
      return "unnamed";
    }
    return text;
  }

  /** What the wire takes as an id. */
  private static boolean isIdentifier(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && text.getBytes(StandardCharsets.UTF_8).length <= FactStructure.MAX_ID_BYTES;
  }

  /** Age and sex say nothing to the pathway: they are checked for their type and let go. */
  private static void patient(Fields patient) {
    patient.integer("ageYears", 0, 150);
    patient.text("sex");
    patient.refuseOthers();
  }

  private static LocalDate startsAt(Fields fields) {
    Optional<String> text = fields.text("startsAt");
    if (text.isEmpty()) {
      return CaseFile.DAY_0;
    }
    try {
      LocalDate date = LocalDate.parse(text.get());
      if (date.getYear() >= 1900 && date.getYear() <= 2200) {
        return date;
      }
    } catch (DateTimeParseException e) {
      // told below: the message of the exception repeats the text
    }
    fields.refuse("startsAt", "must be a date such as 2025-01-31");
    return CaseFile.DAY_0;
  }

  private void facts(Fields fields, Timeline timeline) {
    Optional<JsonNode> facts = fields.value("facts");
    if (facts.isEmpty() || !facts.get().isArray()) {
      fields.refuse("facts", "must be a list of facts");
      return;
    }
    for (int i = 0; i < facts.get().size(); i++) {
      String path = Problems.at("$.facts", i);
      fact(i, facts.get().get(i), Fields.of(facts.get().get(i), path, problems), timeline);
    }
  }

  private void fact(int index, JsonNode node, Fields fields, Timeline timeline) {
    if (!node.isObject()) {
      return;
    }
    OptionalInt day = day(fields, "day");
    if (day.isEmpty() && fields.value("day").isEmpty()) {
      fields.refuse("day", "must be there: the day the fact arrives");
    }
    Optional<FactKind> kind = kind(fields);
    if (kind.isPresent()) {
      fact(index, kind.get(), fields, day.orElse(0), timeline);
      fields.refuseOthers();
    } else if (isClock(fields)) {
      lastClockDay = Math.max(lastClockDay, day.orElse(0));
      fields.refuseOthers();
    }
  }

  private void fact(int index, FactKind kind, Fields fields, int day, Timeline timeline) {
    int before = problems.count();
    Timeline.Times times =
        timeline.times(
            day,
            time(fields, "time"),
            day(fields, "observedDay"),
            day(fields, "reportedDay"),
            time(fields, "reportedTime"));
    Header header = timeline.header(index, kind, fields, times);
    Fact fact = FactReader.read(kind, fields, header);
    if (problems.count() == before) {
      checkBounds(fact, fields);
      arrivals.add(
          new Arrival(index, times.arrival(), timeline.version(fact, fields.content(), times)));
    }
  }

  /** Bounds of texts and lists are those of the wire: what could not be sent is refused here. */
  private static void checkBounds(Fact fact, Fields fields) {
    try {
      FactStructure.check(fact);
    } catch (PoisonRecordException e) {
      if (e.field().equals("header.reportId")) {
        fields.refuse("id", "is too long, or no text");
      } else {
        fields.refuseAll(e.field() + " is too long or out of range");
      }
    }
  }

  private static Optional<FactKind> kind(Fields fields) {
    Map<String, Optional<FactKind>> kinds = new LinkedHashMap<>();
    for (FactKind kind : FactKind.values()) {
      kinds.put(kind.name(), Optional.of(kind));
    }
    kinds.put("CLOCK", Optional.empty());
    if (fields.value("kind").isEmpty()) {
      fields.refuse("kind", "must be one of " + String.join(", ", kinds.keySet()));
      return Optional.empty();
    }
    return fields.code("kind", kinds).flatMap(kind -> kind);
  }

  private static boolean isClock(Fields fields) {
    return fields.value("kind").filter(kind -> "CLOCK".equals(kind.textValue())).isPresent();
  }

  private static OptionalInt day(Fields fields, String key) {
    return fields.integer(key, -Timeline.DAYS_AT_MOST, Timeline.DAYS_AT_MOST);
  }

  private static Optional<LocalTime> time(Fields fields, String key) {
    Optional<String> text = fields.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.get().matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      fields.refuse(key, "must be a time of day such as 09:30");
      return Optional.empty();
    }
    return Optional.of(LocalTime.parse(text.get()));
  }

  private Instant end(LocalDate startsAt) {
    Instant lastArrival = arrivals.isEmpty() ? Instant.MIN : arrivals.getLast().at();
    long clockDay = lastClockDay == Integer.MIN_VALUE ? 0 : lastClockDay;
    LocalDate lastDay =
        arrivals.isEmpty()
            ? startsAt.plusDays(clockDay)
            : lastArrival.atOffset(ZoneOffset.UTC).toLocalDate();
    if (lastClockDay != Integer.MIN_VALUE && startsAt.plusDays(lastClockDay).isAfter(lastDay)) {
      lastDay = startsAt.plusDays(lastClockDay);
    }
    Instant end = lastDay.atTime(23, 59).toInstant(ZoneOffset.UTC);
    return end.isBefore(lastArrival) ? lastArrival : end;
  }
}
