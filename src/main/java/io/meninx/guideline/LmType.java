package io.meninx.guideline;

/**
 * Type of leptomeningeal metastasis (EANO-ESMO): I with, II without proof in the CSF; A linear, B
 * nodular, C both, D neither.
 */
public enum LmType {
  IA,
  IB,
  IC,
  ID,
  IIA,
  IIB,
  IIC,
  IID,
  UNDETERMINED
}
