package io.meninx.casefile;

import io.meninx.fact.Fact;
import io.meninx.fact.PatientId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The timeline of one patient (contract section 6).
 *
 * @param name of the case; names the patient and the file with the result
 * @param title in a line, for people
 * @param citation where the case was published, for people
 * @param startsAt day 0, a UTC date
 * @param arrivals its facts in the order of arrival
 * @param end the last moment of the case: 23:59Z of the day of the last fact or of the last CLOCK,
 *     or the last arrival when that is later still
 */
public record CaseFile(
    String name,
    Optional<String> title,
    Optional<String> citation,
    LocalDate startsAt,
    List<Arrival> arrivals,
    Instant end) {

  /** Day 0 of a case that does not say. */
  public static final LocalDate DAY_0 = LocalDate.of(2025, 1, 1);

  /** Larger files are refused before they are parsed, in bytes. */
  static final int SIZE_AT_MOST = 64 * 1024 * 1024;

  public CaseFile {
    arrivals = List.copyOf(arrivals);
  }

  /**
   * A fact on its way in.
   *
   * @param index its place in {@code facts[]} of the file, from 0
   * @param at when it arrives
   * @param fact what arrives; the same object again for an identical repeat
   */
  public record Arrival(int index, Instant at, Fact fact) {}

  /** The patient of this case: its name is the pseudonym. */
  public PatientId patientId() {
    return new PatientId(name);
  }

  /**
   * Reads a file.
   *
   * @throws CaseFileException when it can't be used, with all that is wrong with it
   * @throws UncheckedIOException when it can't be read
   */
  public static CaseFile read(Path file) {
    try {
      if (Files.size(file) > SIZE_AT_MOST) {
        throw new CaseFileException(
            file.toString(),
            List.of(new CaseFileException.Problem("$", "the file is larger than 64 MiB")));
      }
      return read(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file what the user calls it, for messages
   * @param json UTF-8
   * @throws CaseFileException when it can't be used, with all that is wrong with it
   */
  public static CaseFile read(String file, byte[] json) {
    return CaseReader.read(file, json);
  }
}
