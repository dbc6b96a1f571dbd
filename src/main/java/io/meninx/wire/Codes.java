package io.meninx.wire;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A closed vocabulary in its two forms. Every core constant has a symbol of the same name; a symbol
 * without a constant (UNRECOGNIZED, for one) is poison.
 *
 * @param <W> generated enum
 * @param <C> enum of the core
 */
final class Codes<W extends Enum<W>, C extends Enum<C>> {
  /** By the position of the symbol, which is what Avro binary holds. */
  private final List<Optional<C>> byOrdinal;

  private final Map<W, C> toCore;
  private final Map<C, W> toWire;

  private Codes(Class<W> wire, Class<C> core) {
    toCore = new EnumMap<>(wire);
    toWire = new EnumMap<>(core);
    Map<String, W> symbols = new HashMap<>();
    for (W symbol : wire.getEnumConstants()) {
      symbols.put(symbol.name(), symbol);
    }
    for (C constant : core.getEnumConstants()) {
      W symbol = symbols.get(constant.name());
      if (symbol == null) {
        throw new IllegalStateException(
            "schemas: "
                + wire.getSimpleName()
                + ".avsc has no symbol "
                + constant.name()
                + "; a new one is put in front of UNRECOGNIZED");
      }
      toCore.put(symbol, constant);
      toWire.put(constant, symbol);
    }
    byOrdinal =
        Arrays.stream(wire.getEnumConstants())
            .map(symbol -> Optional.ofNullable(toCore.get(symbol)))
            .toList();
  }

  static <W extends Enum<W>, C extends Enum<C>> Codes<W, C> of(Class<W> wire, Class<C> core) {
    return new Codes<>(wire, core);
  }

  C read(W symbol, String field) throws PoisonRecordException {
    C constant = toCore.get(symbol);
    if (constant == null) {
      throw new PoisonRecordException(PoisonReason.UNRECOGNIZED_ENUM, field);
    }
    return constant;
  }

  W write(C constant) {
    W symbol = toWire.get(constant);
    if (symbol == null) {
      throw new IllegalArgumentException("no symbol for a constant of the core");
    }
    return symbol;
  }

  /** Position of the symbol of a constant. */
  int ordinal(C constant) {
    return write(constant).ordinal();
  }

  /** The constant of the symbol at a position, if both exist. */
  Optional<C> at(int ordinal) {
    return ordinal >= 0 && ordinal < byOrdinal.size() ? byOrdinal.get(ordinal) : Optional.empty();
  }
}
