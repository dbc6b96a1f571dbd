package io.meninx.service.access;

import java.util.Locale;

/** What somebody may do. Tokens name roles in small letters. */
public enum Role {
  /** Reads patients and alerts. */
  VIEWER,
  /** Reads them and answers alerts. */
  RESPONDER,
  /** Reads them, and who has read them; answers nothing. */
  AUDITOR;

  /** As tokens name it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
