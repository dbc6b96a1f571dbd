package io.meninx.guideline;

/**
 * One version of the guideline.
 *
 * @param id of the guideline, for instance lm-nsclc
 * @param version of it
 * @param hash SHA-256 of the canonical text of its file, lower-case hex
 * @param text the canonical text itself
 */
public record Guideline(String id, String version, String hash, String text) {}
