package io.meninx.edition;

import java.util.List;
import java.util.Map;

/** What a YAML file says at one place. Numbers stay as written until their range is known. */
public sealed interface Value {

  /** The kind of value, in words. */
  String kind();

  /** The value itself, as it may be shown to a person; empty where the kind says it all. */
  default String shown() {
    return "";
  }

  /** A scalar as written. */
  record Scalar(Type type, String text) implements Value {
    /** What the text was written as. */
    public enum Type {
      TEXT("a text"),
      WHOLE("a whole number"),
      DECIMAL("a decimal number"),
      TRUTH("true or false"),
      EMPTY("empty");

      private final String words;

      Type(String words) {
        this.words = words;
      }
    }

    @Override
    public String kind() {
      return type.words;
    }

    @Override
    public String shown() {
      return type == Type.EMPTY ? "" : Problems.shown(text);
    }
  }

  /** A list. */
  record Items(List<Value> values) implements Value {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A section of keys. */
  record Keys(Map<String, Value> values) implements Value {
    @Override
    public String kind() {
      return "a section of keys";
    }
  }
}
