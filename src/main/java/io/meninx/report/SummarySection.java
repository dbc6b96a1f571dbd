package io.meninx.report;

import io.meninx.edition.GuidelineEditions;
import io.meninx.guideline.Guideline;
import io.meninx.replay.ChainReport;
import io.meninx.replay.InputOffsets;
import io.meninx.replay.PartitionResult;
import io.meninx.replay.PartitionResult.GuidelineInUse;
import io.meninx.replay.ReplayResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The first screen: the verdict, the counts, by what was decided; and at the end the evidence. */
final class SummarySection {
  private SummarySection() {}

  static void write(Html html, ReplayResult result, String title) {
    html.open("header").of("p", "Meninx", "class", "brand").of("h1", title);
    verdict(html, result);
    html.close();
    contents(html, result);
    html.open("section", "id", "summary").of("h2", "Summary");
    counts(html, result);
    scope(html, result);
    guidelines(html, result);
    html.close();
  }

  private static void contents(Html html, ReplayResult result) {
    boolean whatIf = result.whatIf().isPresent();
    html.open("nav", "aria-label", "Contents").open("ul");
    link(html, "#summary", "Summary");
    link(html, "#differences", whatIf ? "What would change" : "Differences");
    link(html, "#rules", "By rule and code");
    if (whatIf) {
      link(html, "#patients", "Patients");
    }
    link(html, "#timelines", "Timelines");
    link(html, "#journal", "The journal");
    html.close().close();
  }

  private static void link(Html html, String target, String text) {
    html.open("li").of("a", text, "href", target).close();
  }

  // The verdict.

  private static void verdict(Html html, ReplayResult result) {
    List<String> wrong = wrong(result);
    boolean good = wrong.isEmpty();
    boolean plain = result.whatIf().isPresent() || result.entries() == 0;
    String kind = !good ? "bad" : plain ? "plain" : "good";
    html.open("div", "class", "verdict " + kind, "role", "note");
    html.open("p").open("strong");
    html.text(sign(kind) + headline(result, good)).close().close();
    if (!good) {
      html.open("ul");
      wrong.forEach(text -> html.of("li", text));
      html.close();
    }
    html.of("p", meaning(result, good));
    if (!result.complete()) {
      html.of(
          "p",
          "The archive is not finished: an export into it goes on or was interrupted, so partitions"
              + " may be missing or end early.");
    }
    html.close();
  }

  private static String sign(String kind) {
    return switch (kind) {
      case "good" -> "\u2713 ";
      case "bad" -> "\u2715 ";
      default -> "";
    };
  }

  private static String headline(ReplayResult result, boolean good) {
    if (result.isAboutNobody()) {
      return "Nothing in the journal is about " + asked(result);
    }
    if (result.whatIf().isPresent()) {
      long changed = result.whatIf().get().patients().size();
      String guideline = name(result.whatIf().get().guideline());
      return good
          ? guideline
              + " would have changed something for "
              + Wording.number(changed)
              + " of "
              + Wording.count(result.patients(), "patient", "patients")
          : "The comparison rests on a journal that is not whole";
    }
    if (good && result.entries() == 0) {
      return "The journal is empty: there was nothing to verify";
    }
    int only = result.options().patients().size();
    if (good && only > 0 && result.erasedPatients() > 0) {
      return "What was recorded since an erasure can't be decided again; the journal is whole";
    }
    if (good && only > 0) {
      return "Everything recorded about "
          + Wording.count(only, "patient", "patients")
          + " is decided the same again, and the journal is whole";
    }
    return good
        ? "All "
            + Wording.count(decided(result), "recorded entry is", "recorded entries are")
            + " decided the same again, and the journal is whole"
        : "Not everything that was recorded can be reproduced";
  }

  /** Those of whom nothing was found. */
  private static String asked(ReplayResult result) {
    int only = result.options().patients().size();
    return only == 1 ? "this patient" : "any of these " + Wording.number(only) + " patients";
  }

  /** Entries that could be decided again. */
  private static long decided(ReplayResult result) {
    return result.entries() - result.erased() - result.onErased() - result.onMissing();
  }

  private static List<String> wrong(ReplayResult result) {
    List<String> wrong = new ArrayList<>();
    if (result.isAboutNobody()) {
      wrong.add(
          "nothing was decided again"
              + (result.erased() == 0
                  ? ""
                  : ": "
                      + Wording.count(result.erased(), "entry is", "entries are")
                      + " erased; some may have been about "
                      + asked(result)));
    }
    if (result.whatIf().isEmpty()) {
      add(wrong, result.diverged(), "decided otherwise by the same version of the engine");
      add(
          wrong,
          result.engineChanged(),
          "decided otherwise by this other version of the engine, or following from that");
    }
    if (!result.erasuresExplain()) {
      wrong.add(
          "decisions on "
              + Wording.count(result.erasedPatients(), "patient", "patients")
              + " can't be made again, as if their past were erased, and that was done "
              + Wording.count(result.erasures(), "time", "times"));
    }
    add(wrong, result.unreadable(), "that can't be read");
    long breaks =
        result.partitions().stream().mapToLong(part -> part.chain().breaks().size()).sum();
    if (result.beginsLate()) {
      wrong.add("the journal does not begin with its first entry");
    }
    if (!result.chainsUnbroken()) {
      wrong.add(
          "the journal is not whole: "
              + Wording.count(breaks, "place", "places")
              + " where it is damaged, incomplete or changed, see \u201CThe journal\u201D");
    }
    return wrong;
  }

  private static void add(List<String> wrong, long count, String what) {
    if (count > 0) {
      wrong.add(Wording.count(count, "entry", "entries") + " " + what);
    }
  }

  private static String meaning(ReplayResult result, boolean good) {
    if (result.isAboutNobody()) {
      return late(result)
          + "Nothing is proven of anybody: check the id, and where the journal was read from.";
    }
    if (result.whatIf().isPresent()) {
      return late(result)
          + "The same results and the same passage of time were decided on by the other guideline."
          + " What people would have done differently on its advice is not known and not in here."
          + (result.erased() == 0
              ? ""
              : " Entries were erased: what stood in them, and what came about the same patients"
                  + " since, shows as a change.");
    }
    if (good && result.entries() == 0) {
      return "Nothing is wrong, and nothing is proven: check where the journal was read from.";
    }
    if (!good) {
      return (result.beginsLate() ? late(result) : "")
          + "The differences are below, field by field: what was recorded, and what is decided"
          + " now.";
    }
    return "Everything the journal says was decided followed from what was known at that moment, by"
        + " the guideline in use, and every entry follows from the one before it. That"
        + " nothing was rewritten as a whole or cut off at the end shows when the last links"
        + " below are compared with links noted earlier."
        + (result.erased() == 0
            ? ""
            : " Of "
                + Wording.count(result.erased(), "erased entry", "erased entries")
                + " only hashes are left: what was decided there can't be looked at again."
                + (result.onErased() == 0
                    ? ""
                    : " Nor can what was decided on the same patients since, in "
                        + Wording.count(result.onErased(), "entry", "entries")
                        + "."));
  }

  /** Of a journal that does not begin with its first entry: what that means, with a blank. */
  private static String late(ReplayResult result) {
    if (!result.beginsLate()) {
      return "";
    }
    String missing =
        result.partitions().stream()
            .filter(part -> part.chain().beginsLate())
            .map(
                part ->
                    "of partition "
                        + part.partition()
                        + " those before entry "
                        + Wording.number(part.chain().first()))
            .collect(Collectors.joining(", "));
    String rests =
        result.whatIf().isPresent()
            ? "What rests on them shows as a change. "
            : "What rests on them, in "
                + Wording.count(result.onMissing(), "entry", "entries")
                + " about "
                + Wording.count(result.missingPatients(), "patient", "patients")
                + ", can't be decided again and accuses nobody. ";
    return "The oldest entries are missing: "
        + missing
        + ". "
        + rests
        + "An archive that holds them, read together with the topic, makes the audit whole. ";
  }

  // The counts.

  private static void counts(Html html, ReplayResult result) {
    boolean whatIf = result.whatIf().isPresent();
    html.open("dl", "class", "counts");
    count(html, "Journal entries", result.entries(), false);
    count(html, "Patients", result.patients(), false);
    if (whatIf) {
      count(html, "Patients with a change", result.whatIf().get().patients().size(), false);
      count(html, "Entries without a change", result.identical(), false);
      count(html, "Entries with a change", result.diverged(), false);
    } else {
      boolean all = result.options().patients().isEmpty();
      count(html, all ? "Decided the same" : "Without a difference", result.identical(), false);
      count(html, "Diverged", result.diverged(), true);
      count(html, "Other engine version", result.engineChanged(), true);
    }
    count(html, "Erased on request", result.erased(), false);
    if (result.onErased() > 0) {
      count(html, "Resting on erased ones", result.onErased(), false);
    }
    if (result.onMissing() > 0) {
      count(html, "Resting on missing ones", result.onMissing(), false);
    }
    count(html, "Unreadable", result.unreadable(), true);
    html.open("div").of("dt", "Chain of hashes");
    html.of(
        "dd",
        chain(result.chainsUnbroken(), result.beginsLate()),
        "class",
        result.chainsUnbroken() ? "good" : "bad");
    html.close().close();
  }

  private static String chain(boolean unbroken, boolean beginsLate) {
    return !unbroken
        ? "\u2715 broken"
        : beginsLate ? "\u2713 whole from the first entry there is" : "\u2713 whole";
  }

  private static void count(Html html, String name, long number, boolean badUnlessZero) {
    boolean bad = badUnlessZero && number > 0;
    html.open("div").of("dt", name);
    html.of("dd", (bad ? "\u2715 " : "") + Wording.number(number), "class", bad ? "bad" : "plain");
    html.close();
  }

  private static void scope(Html html, ReplayResult result) {
    List<String> scope = new ArrayList<>();
    scope.add("Decided again by engine version " + result.options().engineVersion() + ".");
    result
        .options()
        .until()
        .ifPresent(until -> scope.add("Only what was known by " + Wording.time(until) + " UTC."));
    int patients = result.options().patients().size();
    if (patients > 0) {
      scope.add(
          "Only "
              + Wording.count(patients, "patient was", "patients were")
              + " looked at; of all other entries, that they follow from each other.");
    }
    scope.add("All times are UTC.");
    html.of("p", String.join(" ", scope));
  }

  private static void guidelines(Html html, ReplayResult result) {
    Map<String, String> uses = new LinkedHashMap<>();
    for (PartitionResult partition : result.partitions()) {
      for (GuidelineInUse use : partition.guidelines()) {
        uses.merge(
            use.hash(),
            "partition " + partition.partition() + " from entry " + Wording.number(use.from()),
            (one, other) -> one + "; " + other);
      }
    }
    Page.table(html, "Guidelines decided by", List.of("Guideline", "SHA-256 of its text", "Where"));
    Map<String, String> names = shipped();
    uses.forEach(
        (hash, where) -> guideline(html, names.getOrDefault(hash, "own text"), hash, where));
    result
        .whatIf()
        .ifPresent(
            whatIf ->
                guideline(
                    html,
                    name(whatIf.guideline()),
                    whatIf.guideline().hash(),
                    "the other guideline"));
    Page.endTable(html);
  }

  private static void guideline(Html html, String name, String hash, String where) {
    html.open("tr").of("th", name, "scope", "row");
    html.open("td").of("code", hash, "class", "hash").close().of("td", where).close();
  }

  /** The names of guidelines that come with the program, by their hash. */
  private static Map<String, String> shipped() {
    Map<String, String> names = new TreeMap<>();
    for (String id : GuidelineEditions.shipped()) {
      Guideline guideline = GuidelineEditions.load(id);
      names.put(guideline.hash(), name(guideline));
    }
    return names;
  }

  static String name(Guideline guideline) {
    return guideline.id() + ", version " + guideline.version();
  }

  // The evidence.

  static void details(Html html, ReplayResult result) {
    html.open("section", "id", "journal").of("h2", "The journal");
    html.of(
        "p",
        "Every entry carries a hash over itself and the entry before it, so a change, a gap or an"
            + " entry too many shows. Whoever noted a last link earlier can tell that nothing"
            + " before it was rewritten.");
    partitions(html, result);
    breaks(html, result);
    engines(html, result);
    inputs(html, result);
    html.close();
  }

  private static void partitions(Html html, ReplayResult result) {
    Page.table(
        html,
        "Partitions of the journal",
        List.of(
            "Partition",
            ">Entries",
            ">Patients",
            ">From entry",
            ">To entry",
            "Chain",
            "Last link"));
    for (PartitionResult partition : result.partitions()) {
      ChainReport chain = partition.chain();
      html.open("tr").of("th", "" + partition.partition(), "scope", "row");
      Page.number(html, partition.entries());
      Page.number(html, partition.patients());
      Page.number(html, chain.first());
      Page.number(html, Math.max(0, chain.next() - 1));
      html.of(
          "td",
          chain(chain.unbroken(), chain.beginsLate()),
          "class",
          chain.unbroken() ? "good" : "bad");
      html.open("td").of("code", chain.lastLink(), "class", "hash").close().close();
    }
    Page.endTable(html);
  }

  private static void breaks(Html html, ReplayResult result) {
    if (result.chainsWhole()) {
      return;
    }
    Page.table(html, "Where it is not whole", List.of(">Partition", ">Entry", "Fault", "In words"));
    for (PartitionResult partition : result.partitions()) {
      for (ChainReport.Break one : partition.chain().breaks()) {
        html.open("tr").of("td", "" + partition.partition(), "class", "n");
        Page.number(html, one.sequence());
        html.of("td", Wording.code(one.fault())).of("td", one.detail()).close();
      }
    }
    Page.endTable(html);
    html.of(
        "p",
        "At most "
            + ChainReport.MOST_BREAKS
            + " places are kept of each partition: one is enough to"
            + " know.");
  }

  private static void engines(Html html, ReplayResult result) {
    Map<String, Long> versions = new TreeMap<>();
    result
        .partitions()
        .forEach(
            part -> part.engineVersions().forEach((name, n) -> versions.merge(name, n, Long::sum)));
    Page.table(html, "Engine versions that recorded", List.of("Version", ">Entries"));
    versions.forEach(
        (version, entries) -> {
          html.open("tr").of("th", version, "scope", "row");
          Page.number(html, entries);
          html.close();
        });
    Page.endTable(html);
  }

  private static void inputs(Html html, ReplayResult result) {
    html.open("details").of("summary", "Every input once: the sum over the input topics");
    Page.table(
        html,
        "Offsets of the input topics in the journal",
        List.of("Topic", ">Partition", ">First", ">Last", ">In the journal", ">In the topic"));
    for (PartitionResult partition : result.partitions()) {
      for (InputOffsets inputs : partition.inputs()) {
        html.open("tr").of("th", inputs.topic(), "scope", "row");
        html.of("td", "" + inputs.partition(), "class", "n");
        Page.number(html, inputs.first());
        Page.number(html, inputs.last());
        Page.number(html, inputs.count());
        html.of("td", inputs.inTopic().map(Wording::number).orElse("not compared"), "class", "n");
        html.close();
      }
    }
    Page.endTable(html);
    html.close();
  }
}
