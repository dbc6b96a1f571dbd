package io.meninx.service.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks.
 *
 * @param subject as the access log names them
 * @param roles theirs
 * @param expires when their token does; absent without one
 */
public record Identity(String subject, Set<Role> roles, Optional<Instant> expires) {
  public Identity {
    roles = Set.copyOf(roles);
  }

  /** Whoever sits at this machine, where no tokens are asked for. */
  public static Identity ofThisMachine() {
    return new Identity("local", EnumSet.allOf(Role.class), Optional.empty());
  }
}
