package io.meninx.wire.registry;

import java.util.List;
import java.util.StringJoiner;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;

/** Why one schema can't read what another wrote, in words that name the field. */
public final class SchemaDifferences {
  private SchemaDifferences() {}

  /**
   * Every reason why the reader can't read all that the writer may write; none when it can.
   *
   * @return lines such as {@code header.source: READER_FIELD_MISSING_DEFAULT_VALUE (source)}
   */
  public static List<String> between(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found -> told(reader, found))
        .toList();
  }

  private static String told(Schema reader, Incompatibility found) {
    return "%s: %s (%s)"
        .formatted(path(reader, found.getLocation()), found.getType(), found.getMessage());
  }

  /** The fields on the way of a JSON pointer into a schema, such as {@code /fields/0/type}. */
  private static String path(Schema schema, String pointer) {
    StringJoiner path = new StringJoiner(".").setEmptyValue("the whole");
    Schema at = schema;
    String[] steps = pointer.split("/", -1);
    for (int i = 1; i < steps.length; i++) {
      switch (at.getType()) {
        case RECORD -> {
          if (steps[i].equals("fields") && i + 1 < steps.length) {
            Schema.Field field = at.getFields().get(Integer.parseInt(steps[++i]));
            path.add(field.name());
            at = field.schema();
          }
        }
        case ARRAY -> at = steps[i].equals("items") ? at.getElementType() : at;
        case MAP -> at = steps[i].equals("values") ? at.getValueType() : at;
        case UNION -> at = branch(at, steps[i]);
        default -> {
          // A name, a symbol or a size: the way ends here.
        }
      }
    }
    return path.toString();
  }

  /** A step into a union is the number of a branch, which may be one of the writer's only. */
  private static Schema branch(Schema union, String step) {
    boolean number = !step.isEmpty() && step.chars().allMatch(Character::isDigit);
    return number && Integer.parseInt(step) < union.getTypes().size()
        ? union.getTypes().get(Integer.parseInt(step))
        : union;
  }
}
