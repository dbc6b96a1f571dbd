package io.meninx.fact;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Histology and molecular markers of a tissue sample.
 *
 * @param header common header
 * @param site free text
 * @param histology of the tumour
 * @param markers gene to NEGATIVE, PENDING, FAILED, NOT_TESTED or the alteration found
 */
public record BiopsyResult(
    Header header, Optional<String> site, Histology histology, SortedMap<String, String> markers)
    implements Fact {

  public BiopsyResult {
    markers = Collections.unmodifiableSortedMap(new TreeMap<>(markers));
  }

  @Override
  public BiopsyResult withHeader(Header other) {
    return new BiopsyResult(other, site, histology, markers);
  }

  /** Tumour type. */
  public enum Histology {
    ADENOCARCINOMA,
    SQUAMOUS,
    SMALL_CELL,
    LARGE_CELL,
    NSCLC_NOS,
    OTHER,
    /** Not stated. */
    UNKNOWN
  }
}
