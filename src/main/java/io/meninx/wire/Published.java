package io.meninx.wire;

import io.meninx.fact.PatientId;

/**
 * A decision as it was published: with the patient and the guideline that are not part of it inside
 * the core.
 *
 * @param <T> PathwayEvent or AlertRevision
 * @param patientId the patient
 * @param value the decision
 * @param guidelineId id of the guideline
 * @param guidelineVersion version of the guideline
 */
public record Published<T>(
    PatientId patientId, T value, String guidelineId, String guidelineVersion) {}
