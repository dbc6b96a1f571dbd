package io.meninx.cli;

import io.meninx.deadletter.Letter;
import io.meninx.deadletter.LetterId;
import io.meninx.deadletter.Selection;
import io.meninx.wire.PoisonReason;
import io.meninx.wire.Topic;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which dead letters a command is about. */
final class DlqSelection {
  private static final Pattern OFFSETS = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

  @Parameters(
      arity = "0..*",
      paramLabel = "TOPIC:PARTITION:OFFSET",
      description = "these dead letters; the topic without the prefix")
  private List<String> ids = List.of();

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "CODE",
      description = "with this reason code, for instance UNKNOWN_SCHEMA_ID")
  private List<PoisonReason> reasons = List.of();

  @Option(
      names = "--class",
      split = ",",
      paramLabel = "CLASS",
      description = "with a reason of this class: ${COMPLETION-CANDIDATES}")
  private List<PoisonReason.Kind> kinds = List.of();

  @Option(
      names = "--topic",
      split = ",",
      paramLabel = "TOPIC",
      description = "from this input topic, named without the prefix")
  private List<String> topics = List.of();

  @Option(names = "--partition", paramLabel = "N", description = "from this partition")
  private @Nullable Integer partition;

  @Option(
      names = "--offset",
      paramLabel = "N[..M]",
      description = "with this offset of the input, or these")
  private @Nullable String offsets;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "received then or later: 2026-01-31T08:00:00Z, or a date (UTC)")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "received before then")
  private @Nullable String until;

  /**
   * The selection.
   *
   * @throws WrongUseException something in it is no selection
   */
  Selection selection(Set<Letter.State> states) {
    Optional<Matcher> range = Optional.ofNullable(offsets).map(DlqSelection::range);
    OptionalLong first =
        range.map(r -> OptionalLong.of(Long.parseLong(r.group(1)))).orElse(OptionalLong.empty());
    OptionalLong last =
        range
            .map(r -> OptionalLong.of(Long.parseLong(r.group(2) == null ? r.group(1) : r.group(2))))
            .orElse(OptionalLong.empty());
    return new Selection(
        ids(),
        Set.copyOf(reasons),
        Set.copyOf(kinds),
        topics.stream().map(DlqSelection::topic).collect(Collectors.toUnmodifiableSet()),
        Optional.ofNullable(partition).map(OptionalInt::of).orElse(OptionalInt.empty()),
        first,
        last,
        Optional.ofNullable(since).map(text -> TimeArgument.read("--since", text)),
        Optional.ofNullable(until).map(text -> TimeArgument.read("--until", text)),
        states);
  }

  /**
   * The selection of a command that handles what it selects.
   *
   * @param all whether the operator asked for all there are
   * @throws WrongUseException nothing is selected, or something is no selection
   */
  Selection toHandle(boolean all) {
    Selection wanted = selection(Set.of());
    if (!all && !wanted.narrows()) {
      throw new WrongUseException(
          "Say which dead letters: by TOPIC:PARTITION:OFFSET, --reason, --class, --topic, --since"
              + " and so on, or --all.");
    }
    return wanted;
  }

  /** The named ones, in the order in which they were named. */
  Set<LetterId> ids() {
    Set<LetterId> named = new LinkedHashSet<>();
    for (String id : ids) {
      named.add(
          LetterId.parse(id)
              .orElseThrow(
                  () ->
                      new WrongUseException(
                          "A dead letter is named TOPIC:PARTITION:OFFSET, with the name of an input"
                              + " topic without the prefix, for instance kps-updates:0:17.")));
    }
    return named;
  }

  private static Topic topic(String name) {
    return Topic.of("", name)
        .filter(Topic.inputs()::contains)
        .orElseThrow(
            () ->
                new WrongUseException(
                    "--topic must be one of "
                        + Topic.inputs().stream()
                            .map(Topic::baseName)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static Matcher range(String text) {
    Matcher matcher = OFFSETS.matcher(text);
    if (!matcher.matches()) {
      throw new WrongUseException("--offset must be a number, or two with .. between them.");
    }
    return matcher;
  }
}
