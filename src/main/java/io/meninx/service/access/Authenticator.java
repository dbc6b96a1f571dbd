package io.meninx.service.access;

import io.meninx.service.http.ProblemException;
import java.util.Optional;

/** Finds out who asks. Safe for use by several threads. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Who it is.
   *
   * @param authorization the header of that name
   * @throws ProblemException 401: nobody it knows; 503: it cannot be found out now
   */
  Identity identify(Optional<String> authorization);
}
