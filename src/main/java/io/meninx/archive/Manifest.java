package io.meninx.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meninx.journal.Chain;
import io.meninx.journal.Sha256;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an archive consists of: {@code manifest.json}. It is replaced as a whole, after the files it
 * names are complete, so that what it names is there at every moment; its last field is the SHA-256
 * of the rest.
 *
 * @param format of the archive, {@link #FORMAT}
 * @param topic the journal's topic
 * @param partitions how many the topic had
 * @param guidelines texts by hash, sorted by hash
 * @param engineVersions entries by the version of the engine that wrote them, sorted
 * @param erasures how often a patient was erased: no more patients than that are
 * @param complete whether the export that wrote last came to its end: until then partitions may be
 *     missing, or end earlier than others
 * @param begins by partition, the entry that the archive begins with, where that is not entry 0:
 *     the topic had nothing older when the archive was begun
 * @param emptied partitions that have no file because the topic had lost all their entries
 * @param files sorted by partition and sequence
 */
record Manifest(
    int format,
    String topic,
    int partitions,
    Map<String, String> guidelines,
    Map<String, Long> engineVersions,
    long erasures,
    boolean complete,
    Map<Integer, Long> begins,
    Set<Integer> emptied,
    List<ArchiveFile> files) {
  static final int FORMAT = 1;
  static final String NAME = "manifest.json";
  private static final String DIGEST = "sha256";

  // Fields that manifests have only where they say something: older ones never have them.
  private static final String BEGINS = "begins";

  private static final String EMPTIED = "emptied";

  private static final String COMPLETE = "complete";

  /** Fields that manifests of others, such as those of simulations, do not have. */
  private static final List<String> OWN_FIELDS =
      List.of("format", "topic", "partitions", "guidelines", "engineVersions", DIGEST);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  Manifest {
    guidelines = Collections.unmodifiableMap(new TreeMap<>(guidelines));
    engineVersions = Collections.unmodifiableMap(new TreeMap<>(engineVersions));
    begins = Collections.unmodifiableMap(new TreeMap<>(begins));
    emptied = Collections.unmodifiableSet(new TreeSet<>(emptied));
    files =
        files.stream()
            .sorted(
                Comparator.comparingInt(ArchiveFile::partition)
                    .thenComparingLong(ArchiveFile::firstSequence))
            .toList();
  }

  /**
   * A file of the archive.
   *
   * @param name in the directory
   * @param partition of the journal
   * @param firstOffset in the journal's topic
   * @param lastOffset in the journal's topic
   * @param firstSequence number of the first entry
   * @param lastSequence number of the last entry
   * @param entries how many
   * @param erased how many of them are erased
   * @param previousLink link of the entry before the first, hex; empty where the archive begins
   *     with another entry than 0: an entry does not carry the link before it, so that one is not
   *     known, and the chain holds from the link of the first entry on
   * @param lastLink link of the last entry, hex
   * @param bytes length
   * @param sha256 of the whole file, hex
   */
  record ArchiveFile(
      String name,
      int partition,
      long firstOffset,
      long lastOffset,
      long firstSequence,
      long lastSequence,
      long entries,
      long erased,
      String previousLink,
      String lastLink,
      long bytes,
      String sha256) {}

  /** Of an archive that has nothing yet. */
  static Manifest empty(String topic, int partitions) {
    return new Manifest(
        FORMAT, topic, partitions, Map.of(), Map.of(), 0, false, Map.of(), Set.of(), List.of());
  }

  /** The link before a file; absent where the archive begins with it, and not with entry 0. */
  static Optional<Sha256> linkBefore(ArchiveFile file) {
    return Optional.of(file.previousLink()).filter(link -> !link.isEmpty()).map(Sha256::ofHex);
  }

  /** The same of which a partition begins with this entry. */
  Manifest beginning(int partition, long sequence) {
    Map<Integer, Long> late = new TreeMap<>(begins);
    late.put(partition, sequence);
    return with(late, emptied);
  }

  /** The same of which a partition has no file: the topic has lost all its entries. */
  Manifest emptying(int partition) {
    Set<Integer> lost = new TreeSet<>(emptied);
    lost.add(partition);
    return with(begins, lost);
  }

  private Manifest with(Map<Integer, Long> late, Set<Integer> lost) {
    return new Manifest(
        format,
        topic,
        partitions,
        guidelines,
        engineVersions,
        erasures,
        complete,
        late,
        lost,
        files);
  }

  /** The same with other files. */
  Manifest withFiles(List<ArchiveFile> others) {
    return with(guidelines, engineVersions, erasures, complete, others);
  }

  /** The same after one more erasure, which wrote files anew. */
  Manifest erased(List<ArchiveFile> others) {
    return with(guidelines, engineVersions, erasures + 1, complete, others);
  }

  /** The same with a file more; the export goes on. */
  Manifest with(ArchiveFile done, Map<String, String> texts, Map<String, Long> versions) {
    Map<String, String> allTexts = new TreeMap<>(guidelines);
    allTexts.putAll(texts);
    Map<String, Long> allVersions = new TreeMap<>(engineVersions);
    versions.forEach((version, count) -> allVersions.merge(version, count, Long::sum));
    List<ArchiveFile> all = new ArrayList<>(files);
    all.add(done);
    Set<Integer> lost = new TreeSet<>(emptied);
    lost.remove(done.partition());
    return with(begins, lost).with(allTexts, allVersions, erasures, false, all);
  }

  private Manifest with(
      Map<String, String> texts,
      Map<String, Long> versions,
      long erased,
      boolean finished,
      List<ArchiveFile> others) {
    return new Manifest(
        format, topic, partitions, texts, versions, erased, finished, begins, emptied, others);
  }

  /** The same when the export came to its end. */
  Manifest completed() {
    return with(guidelines, engineVersions, erasures, true, files);
  }

  /** The files of a partition, in order. */
  List<ArchiveFile> of(int partition) {
    return files.stream().filter(file -> file.partition() == partition).toList();
  }

  /** The last file of a partition. */
  Optional<ArchiveFile> lastOf(int partition) {
    List<ArchiveFile> all = of(partition);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** Whether a directory has a manifest that was never one of an archive. */
  static boolean isOfAnotherKind(Path directory) {
    try {
      return JSON.readTree(Files.readAllBytes(directory.resolve(NAME))) instanceof ObjectNode object
          && isOfAnotherKind(object);
    } catch (IOException _) {
      return false; // Not there, or damaged.
    }
  }

  private static boolean isOfAnotherKind(ObjectNode object) {
    return OWN_FIELDS.stream().noneMatch(object::has);
  }

  /**
   * Reads the manifest of a directory.
   *
   * @return empty when there is none
   * @throws ArchiveException it is damaged, or not that of an archive
   */
  static Optional<Manifest> read(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] raw = Files.readAllBytes(file);
      JsonNode tree = JSON.readTree(raw);
      if (tree instanceof ObjectNode other && isOfAnotherKind(other)) {
        throw new ArchiveException(NAME + ": of another kind, not that of an archive");
      }
      if (!(tree instanceof ObjectNode object)
          || !(object.remove(DIGEST) instanceof JsonNode digest)
          || !Sha256.of(bytes(object)).hex().equals(digest.asText())) {
        throw new ArchiveException(NAME + ": damaged, its SHA-256 is another");
      }
      // The digest is of what it says; whitespace, the order of fields and what follows are not in
      // it.
      if (!Arrays.equals(raw, bytes(object.deepCopy().set(DIGEST, digest)))) {
        throw new ArchiveException(NAME + ": damaged, its bytes are not those that were written");
      }
      if (object.path("format").asInt() != FORMAT) {
        throw new ArchiveException(NAME + ": of another format than " + FORMAT);
      }
      if (!object.has(BEGINS)) {
        object.putObject(BEGINS);
      }
      if (!object.has(EMPTIED)) {
        object.putArray(EMPTIED);
      }
      if (!object.has(COMPLETE)) {
        object.put(COMPLETE, true);
      }
      return Optional.of(JSON.treeToValue(object, Manifest.class));
    } catch (JsonProcessingException e) {
      throw new ArchiveException(NAME + ": damaged, not readable as JSON", e);
    } catch (IOException e) {
      throw new ArchiveException(NAME + ": can't be read", e);
    }
  }

  /** Puts this one in the place of the one before. */
  void write(Path directory) throws IOException {
    ObjectNode tree = JSON.valueToTree(this);
    if (begins.isEmpty()) {
      tree.remove(BEGINS);
    }
    if (emptied.isEmpty()) {
      tree.remove(EMPTIED);
    }
    if (complete) {
      tree.remove(COMPLETE);
    }
    tree.put(DIGEST, Sha256.of(bytes(tree)).hex());
    Path part = directory.resolve(NAME + ".part");
    Files.write(part, bytes(tree));
    sync(part);
    Files.move(
        part,
        directory.resolve(NAME),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Has the system write a file's bytes to the disk. */
  static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static byte[] bytes(ObjectNode tree) throws JsonProcessingException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
    return (writer.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What is wrong with the list of files itself: gaps, overlaps, links that do not follow. */
  List<String> inconsistencies() {
    List<String> problems = new ArrayList<>();
    guidelines.forEach(
        (hash, text) -> {
          if (!Sha256.of(text).hex().equals(hash)) {
            problems.add(NAME + ": the text of guideline " + hash + " has another SHA-256");
          }
        });
    Optional<ArchiveFile> before = Optional.empty();
    for (ArchiveFile file : files) {
      Optional<ArchiveFile> previous =
          before.filter(earlier -> earlier.partition() == file.partition());
      long sequence =
          previous
              .map(earlier -> earlier.lastSequence() + 1)
              .orElse(begins.getOrDefault(file.partition(), 0L));
      if (file.firstSequence() != sequence) {
        problems.add(
            file.name()
                + ": begins with entry "
                + file.firstSequence()
                + " of partition "
                + file.partition()
                + ", the archive has none of "
                + sequence
                + " to "
                + (file.firstSequence() - 1));
      }
      String link =
          previous.map(ArchiveFile::lastLink).orElse(sequence == 0 ? Chain.GENESIS.hex() : "");
      if (file.firstSequence() == sequence && !file.previousLink().equals(link)) {
        problems.add(file.name() + ": its first link does not follow the file before");
      }
      before = Optional.of(file);
    }
    return problems;
  }
}
