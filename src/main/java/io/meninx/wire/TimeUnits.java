package io.meninx.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Whether two schemas count time in the same unit. To Avro's resolution both are numbers: what a
 * writer counts in milliseconds would be read as microseconds, a time in January 1970. A number
 * without a logical type says nothing of its unit and passes, as it always did.
 */
final class TimeUnits {
  private static final String LOGICAL_TYPE = "logicalType";

  private final Set<Pair> seen = new HashSet<>();

  private TimeUnits() {}

  /** Two records that were compared already: a schema may hold itself. */
  private record Pair(String writer, String reader) {}

  /** Path of the first field whose time the writer has in another unit. */
  static Optional<String> differing(Schema writer, Schema reader) {
    return new TimeUnits().compare(writer, reader, "");
  }

  private Optional<String> compare(Schema writer, Schema reader, String path) {
    for (Schema one : branches(writer)) {
      for (Schema other : branches(reader)) {
        Optional<String> found = compareBranch(one, other, path);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static List<Schema> branches(Schema schema) {
    return schema.isUnion() ? schema.getTypes() : List.of(schema);
  }

  private Optional<String> compareBranch(Schema writer, Schema reader, String path) {
    if (reader.getType() == Schema.Type.LONG) {
      return differs(writer, reader) ? Optional.of(path) : Optional.empty();
    }
    if (writer.getType() != reader.getType()) {
      return Optional.empty();
    }
    return switch (reader.getType()) {
      case RECORD -> compareFields(writer, reader, path);
      case ARRAY -> compare(writer.getElementType(), reader.getElementType(), path);
      case MAP -> compare(writer.getValueType(), reader.getValueType(), path);
      default -> Optional.empty();
    };
  }

  private static boolean differs(Schema writer, Schema reader) {
    boolean number = writer.getType() == Schema.Type.LONG || writer.getType() == Schema.Type.INT;
    LogicalType wanted = reader.getLogicalType();
    String written = writer.getProp(LOGICAL_TYPE); // also one that this Avro does not know
    return number
        && wanted != null
        && written != null
        && !Objects.equals(written, wanted.getName());
  }

  private Optional<String> compareFields(Schema writer, Schema reader, String path) {
    if (!seen.add(new Pair(writer.getFullName(), reader.getFullName()))) {
      return Optional.empty();
    }
    for (Schema.Field field : reader.getFields()) {
      Schema.Field written = writer.getField(field.name());
      if (written != null) {
        String at = path.isEmpty() ? field.name() : path + "." + field.name();
        Optional<String> found = compare(written.schema(), field.schema(), at);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
