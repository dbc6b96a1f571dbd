package io.meninx.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meninx.fact.PatientId;
import io.meninx.replay.DifferenceFile;
import io.meninx.replay.Divergence;
import io.meninx.replay.Divergence.FieldChange;
import io.meninx.replay.JournalPosition;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code diff.jsonl} has, as far as the report shows it: read line by line; what is kept are
 * the first differences and who has any.
 *
 * @param first the first differences
 * @param total how many there are
 * @param byCode how many there are of what, sorted
 * @param patients with differences, in the order of the file
 */
record Differences(
    List<Divergence> first, long total, Map<String, Long> byCode, Set<PatientId> patients) {
  /** None at all. */
  static final Differences NONE = new Differences(List.of(), 0, Map.of(), Set.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  /** More kinds than there are codes: a journal that was tampered with takes no memory either. */
  private static final int MOST_CODES = 1_000;

  /**
   * Reads the file of a report; nothing when there is none.
   *
   * @throws IOException it can't be read
   */
  static Differences read(Path directory, Limits limits) throws IOException {
    Path file = directory.resolve(DifferenceFile.NAME);
    List<Divergence> first = new ArrayList<>();
    Set<PatientId> patients = new LinkedHashSet<>();
    Map<String, Long> byCode = new TreeMap<>();
    long total = 0;
    if (Files.exists(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          total++;
          Divergence divergence = divergence(JSON.readTree(line));
          String code = divergence.subject() + " " + divergence.name();
          if (byCode.size() < MOST_CODES || byCode.containsKey(code)) {
            byCode.merge(code, 1L, Long::sum);
          }
          if (first.size() < limits.divergences()) {
            first.add(divergence);
          }
          divergence.patient().ifPresent(patients::add);
        }
      }
    }
    return new Differences(first, total, byCode, patients);
  }

  private static Divergence divergence(JsonNode line) {
    List<FieldChange> fields = new ArrayList<>();
    fields.add(field(line));
    line.path("otherFields").forEach(field -> fields.add(field(field)));
    return new Divergence(
        new JournalPosition(line.path("partition").asInt(), line.path("sequence").asLong()),
        text(line, "patient").map(PatientId::new),
        text(line, "at").map(Instant::parse),
        Divergence.Subject.valueOf(line.path("subject").asText()),
        line.path("name").asText(),
        fields,
        text(line, "rule"),
        line.path("engineVersion").asText(),
        line.path("otherEngine").asBoolean());
  }

  private static FieldChange field(JsonNode field) {
    return new FieldChange(
        field.path("field").asText(), text(field, "recorded"), text(field, "recomputed"));
  }

  private static Optional<String> text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isTextual() ? Optional.of(value.asText()) : Optional.empty();
  }
}
