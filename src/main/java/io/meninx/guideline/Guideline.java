package io.meninx.guideline;

/**
 * One version of the guideline.
 *
 * @param id of the guideline, for instance lm-nsclc
 * @param version of it
 * @param hash SHA-256 of the text of its file, lower-case hex
 * @param text the text itself
 * @param parameters the numbers and words in it
 */
public record Guideline(
    String id, String version, String hash, String text, Parameters parameters) {
  @Override
  public String toString() {
    return "Guideline[" + id + " " + version + " " + hash + "]";
  }
}
