package io.meninx.service.access;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.meninx.fact.PatientId;
import io.meninx.service.http.ProblemException;
import io.meninx.wire.Failures;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything that tells of patients: counts, asks who it is, whether they may, and
 * writes down what became of it. What cannot be written down is not answered.
 */
public final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final int TOO_MANY = 429;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;
  private static final int INTERNAL_ERROR = 500;
  private static final int BAD_REQUEST = 400;
  private static final String NOTED = Guard.class.getName() + ".noted";
  private static final String COUNTED = Guard.class.getName() + ".counted";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
  private static final Set<String> OF_THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Optional<Authenticator> authenticator;
  private final RateLimit limit;
  private final AccessLog log;
  private final Clock clock;

  /**
   * A guard.
   *
   * @param authenticator of tokens; absent where the server is on loopback and asks for none
   */
  public Guard(Optional<Authenticator> authenticator, RateLimit limit, AccessLog log, Clock clock) {
    this.authenticator = authenticator;
    this.limit = limit;
    this.log = log;
    this.clock = clock;
  }

  /** An answer, which tells the guard whose data it has. */
  @FunctionalInterface
  public interface Answer {
    /** Gives it. */
    void to(Context context, Visit visit) throws Exception;
  }

  /** One request. */
  public final class Visit {
    private final Identity identity;
    private final String from;
    private final String what;
    private final Set<PatientId> patients = new LinkedHashSet<>();
    private Optional<String> alert = Optional.empty();

    private Visit(Identity identity, String from, String what) {
      this.identity = identity;
      this.from = from;
      this.what = what;
    }

    /** Who asks. */
    public Identity who() {
      return identity;
    }

    /** This patient is asked for, or in the answer. */
    public void sees(PatientId patient) {
      patients.add(patient);
    }

    /** This alert is asked for. */
    public void names(String alertKey) {
      alert = Optional.of(alertKey);
    }

    /** Whether the token is good for longer. */
    public boolean lasts() {
      return identity.expires().map(clock.instant()::isBefore).orElse(true);
    }

    /** Writes down what was given so far, for answers that do not end. */
    public void note(int status) throws IOException {
      write(
          new AccessLog.Entry(
              Optional.of(identity.subject()),
              identity.roles(),
              from,
              what,
              Set.copyOf(patients),
              alert,
              status));
      patients.clear();
    }
  }

  /** The log it writes. */
  public AccessLog log() {
    return log;
  }

  /**
   * Lets somebody in, or not.
   *
   * @param what method and route, for the log
   * @param any one of these roles is needed
   */
  public void admit(Context context, String what, Set<Role> any, Answer answer) throws Exception {
    context.attribute(NOTED, true);
    Optional<Visit> visit = Optional.empty();
    int status = INTERNAL_ERROR;
    try {
      Identity identity = identify(context);
      visit = Optional.of(new Visit(identity, context.ip(), what));
      patientOf(context).ifPresent(visit.get()::sees);
      if (!limit.admits("who " + identity.subject())) {
        throw new ProblemException(TOO_MANY, "Too many requests; wait a minute.");
      }
      if (identity.roles().stream().noneMatch(any::contains)) {
        throw new ProblemException(FORBIDDEN, "This needs another role.");
      }
      answer.to(context, visit.get());
      status = context.statusCode();
    } catch (ProblemException e) {
      status = e.status();
      throw e;
    } catch (HttpResponseException e) {
      status = e.getStatus();
      throw e;
    } catch (HttpException.RuntimeException e) {
      status = e.getCode();
      throw e;
    } finally {
      note(context, what, visit, status);
    }
  }

  /**
   * Counts who asks for what has no route, after it was answered so: beyond the limit that is told
   * instead.
   */
  public void countWithoutRoute(Context context) {
    if (context.attribute(NOTED) == null && isRefusal(context.statusCode())) {
      context.attribute(COUNTED, true);
      refuseTooMany(context.ip());
    }
  }

  /**
   * Writes down what never came to a route, since there is none for it or it was not in order. The
   * path is not written down: it may name anybody.
   */
  public void refusedBefore(Request request, Response response) {
    int status = response.getStatus();
    if (!isRefusal(status) || request.getAttribute(NOTED) != null) {
      return;
    }
    String method = String.valueOf(request.getMethod());
    String from = Optional.ofNullable(Request.getRemoteAddr(request)).orElse("-");
    AccessLog.Entry entry =
        new AccessLog.Entry(
            Optional.empty(),
            Set.of(),
            from,
            (METHODS.contains(method) ? method : "-") + " (no route)",
            Set.of(),
            Optional.empty(),
            status);
    try {
      // What the server itself refuses has its answer already; it counts all the same.
      if (request.getAttribute(COUNTED) != null || limit.admits(address(from))) {
        write(entry);
      } else {
        log.writeBeyondLimit(entry);
      }
    } catch (IOException e) {
      LOG.error(
          "The access log cannot be written: {}; {}", FileProblem.reason(e), Failures.told(e));
    }
  }

  private static boolean isRefusal(int status) {
    return status >= BAD_REQUEST && status < INTERNAL_ERROR;
  }

  private void write(AccessLog.Entry entry) throws IOException {
    if (entry.status() == TOO_MANY) {
      log.writeBeyondLimit(entry);
    } else {
      log.write(entry);
    }
  }

  private static String address(String from) {
    return "from " + from;
  }

  private void refuseTooMany(String from) {
    if (!limit.admits(address(from))) {
      throw new ProblemException(TOO_MANY, "Too many requests; wait a minute.");
    }
  }

  /** Of an address only what is refused is counted: behind a proxy a whole ward comes from one. */
  private Identity identify(Context context) {
    try {
      if (authenticator.isPresent()) {
        return authenticator.get().identify(Optional.ofNullable(context.header("Authorization")));
      }
      refuseOtherSites(context);
      return Identity.ofThisMachine();
    } catch (ProblemException e) {
      refuseTooMany(context.ip());
      throw e;
    }
  }

  /**
   * Without tokens a page from anywhere could ask through the browser of whoever sits here, under a
   * name that leads to this machine, or send an answer to an alert.
   */
  private static void refuseOtherSites(Context context) {
    String asked = Optional.ofNullable(context.host()).orElse("");
    String host = asked.replaceFirst(":[0-9]+$", "");
    String site = Optional.ofNullable(context.header("Sec-Fetch-Site")).orElse("none");
    String origin = Optional.ofNullable(context.header("Origin")).orElse("");
    boolean own = origin.isEmpty() || origin.matches("https?://" + Pattern.quote(asked));
    if (!OF_THIS_MACHINE.contains(host)
        || !own
        || !(site.equals("none") || site.equals("same-origin"))) {
      throw new ProblemException(FORBIDDEN, "Only for pages of this machine.");
    }
  }

  /** Who is asked for, also by those who are refused. */
  private static Optional<PatientId> patientOf(Context context) {
    return Optional.ofNullable(context.pathParamMap().get("id"))
        .filter(id -> !id.isBlank())
        .map(PatientId::new);
  }

  private void note(Context context, String what, Optional<Visit> visit, int status) {
    try {
      if (visit.isPresent()) {
        visit.get().note(status);
      } else {
        write(
            new AccessLog.Entry(
                Optional.empty(),
                Set.of(),
                context.ip(),
                what,
                patientOf(context).map(Set::of).orElse(Set.of()),
                Optional.empty(),
                status));
      }
    } catch (IOException e) {
      LOG.error(
          "The access log cannot be written: {}; {}", FileProblem.reason(e), Failures.told(e));
      throw new ProblemException(UNAVAILABLE, "The access log cannot be written.", e);
    }
  }
}
