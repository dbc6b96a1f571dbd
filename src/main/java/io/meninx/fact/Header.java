package io.meninx.fact;

import java.time.Instant;

/**
 * What every input event carries (contract section 3). Three clocks, never mixed: rules use {@code
 * observedAt}, version order uses {@code reportedAt}, due times are judged against the ticks.
 *
 * @param eventId of this message
 * @param patientId whom it is about
 * @param reportId stable over all versions
 * @param status of this version
 * @param observedAt clinical time
 * @param reportedAt when this version was issued
 * @param source sender
 */
public record Header(
    EventId eventId,
    PatientId patientId,
    ReportId reportId,
    ResultStatus status,
    ObservedAt observedAt,
    Instant reportedAt,
    Source source) {}
