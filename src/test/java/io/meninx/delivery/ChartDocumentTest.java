package io.meninx.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of the chart's README is that of values.yaml, its comments being the descriptions.
 * {@code -Dgolden.update=true} writes it anew.
 */
class ChartDocumentTest {
  private static final Path README = Chart.DIRECTORY.resolve("README.md");
  private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");
  private static final String BEGIN = "<!-- Values: written from values.yaml -->\n";
  private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9_]+):(?: (.*))?");

  /** A value, what stands for it in the file, and its comment. */
  private record Row(String path, String value, String comment) {}

  @Test
  void theTableIsThatOfTheValues() throws IOException {
    String page = Files.readString(README);
    String wanted = page.substring(0, page.indexOf(BEGIN)) + BEGIN + table();
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(README, wanted);
    }

    assertThat(Files.readString(README)).as("after review: -Dgolden.update=true").isEqualTo(wanted);
  }

  @Test
  void theTableHasEveryValueThatTheSchemaHas() throws IOException {
    List<String> paths = rows().stream().map(Row::path).toList();
    JsonNode schema =
        Chart.yaml(Files.readString(Chart.DIRECTORY.resolve("values.schema.json")))
            .get("properties");
    List<String> missing = new ArrayList<>();
    schema
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("global")
                  && paths.stream().noneMatch(path -> (path + ".").startsWith(name + "."))) {
                missing.add(name);
              }
            });

    assertThat(missing).isEmpty();
  }

  private static String table() throws IOException {
    StringBuilder table = new StringBuilder("\n| value | default | |\n|---|---|---|\n");
    for (Row row : rows()) {
      String value = row.value().isEmpty() ? "" : "`" + row.value() + "`";
      table.append("| `%s` | %s | %s |\n".formatted(row.path(), value, row.comment()));
    }
    return table.toString();
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    List<String> path = new ArrayList<>();
    List<String> comment = new ArrayList<>();
    List<String> lines = Files.readAllLines(VALUES);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher key = KEY.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.add(line.strip().substring(1).strip());
      } else if (key.matches()) {
        int depth = key.group(1).length() / 2;
        while (path.size() > depth) {
          path.removeLast();
        }
        path.add(key.group(2));
        String value = key.group(3) == null ? "" : key.group(3);
        boolean list = i + 1 < lines.size() && lines.get(i + 1).strip().startsWith("- ");
        if (list) {
          value = "see values.yaml";
          while (i + 1 < lines.size() && lines.get(i + 1).startsWith(" ".repeat(2 * depth + 2))) {
            i++;
          }
        }
        if (!value.isEmpty() || !comment.isEmpty()) {
          rows.add(new Row(String.join(".", path), value, String.join(" ", comment)));
        }
        comment.clear();
      } else {
        comment.clear(); // an empty line: what stood above is about the file
      }
    }
    assertThat(rows).hasSizeGreaterThan(40);
    return rows;
  }
}
