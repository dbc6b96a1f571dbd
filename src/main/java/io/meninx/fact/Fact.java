package io.meninx.fact;

/**
 * One version of one report. Closed: a new kind does not compile until every place has answered for
 * it. Two facts are the same content when they are equal; see {@link #sameContent}.
 */
public sealed interface Fact
    permits ImagingReport,
        CsfResult,
        BiopsyResult,
        PerformanceStatus,
        ClinicalAssessment,
        TreatmentEvent,
        OutcomeReport,
        AlertResponse {

  /** The common header. */
  Header header();

  /** The same values under another header. */
  Fact withHeader(Header header);

  /** Its kind. */
  default FactKind kind() {
    return switch (this) {
      case ImagingReport _ -> FactKind.IMAGING;
      case CsfResult _ -> FactKind.CSF;
      case BiopsyResult _ -> FactKind.BIOPSY;
      case PerformanceStatus _ -> FactKind.PERFORMANCE;
      case ClinicalAssessment _ -> FactKind.ASSESSMENT;
      case TreatmentEvent _ -> FactKind.TREATMENT;
      case OutcomeReport _ -> FactKind.OUTCOME;
      case AlertResponse _ -> FactKind.RESPONSE_TO_ALERT;
    };
  }

  /**
   * Whether the other is a version of the same report: same id and same kind. Two systems may
   * number an MRI and a CSF result alike; neither may take the place of the other.
   */
  default boolean sameReport(Fact other) {
    return kind() == other.kind() && header().reportId().equals(other.header().reportId());
  }

  /**
   * Whether the other is this version sent again under another event id: same report, status, times
   * and values; event id and source are not looked at.
   */
  default boolean sameContent(Fact other) {
    Header mine = header();
    Header theirs = other.header();
    Header aligned =
        new Header(
            mine.eventId(),
            theirs.patientId(),
            theirs.reportId(),
            theirs.status(),
            theirs.observedAt(),
            theirs.reportedAt(),
            mine.source());
    return equals(other.withHeader(aligned));
  }
}
