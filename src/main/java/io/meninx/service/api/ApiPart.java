package io.meninx.service.api;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.meninx.edition.Statements;
import io.meninx.explain.Explanation;
import io.meninx.fact.PatientId;
import io.meninx.guideline.AlertCode;
import io.meninx.guideline.Priority;
import io.meninx.pathway.AlertRevision;
import io.meninx.pathway.AlertState;
import io.meninx.readmodel.AlertQuery;
import io.meninx.readmodel.AlertRow;
import io.meninx.readmodel.CursorException;
import io.meninx.readmodel.Feed;
import io.meninx.readmodel.Page;
import io.meninx.readmodel.PatientView;
import io.meninx.readmodel.TimelineEntry;
import io.meninx.service.access.AccessLog;
import io.meninx.service.access.Guard;
import io.meninx.service.access.Role;
import io.meninx.service.http.HttpServer;
import io.meninx.service.http.ProblemException;
import io.meninx.wire.PoisonRecordException;
import io.meninx.wire.Published;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1} (contract section 8) and the descriptions {@code /openapi.yaml} and {@code
 * /asyncapi.yaml}. Everything that tells of patients goes through the guard. Reads never touch the
 * stores of the stream.
 */
public final class ApiPart implements HttpServer.Part, AutoCloseable {
  private static final Set<Role> READERS = EnumSet.allOf(Role.class);
  private static final Set<Role> RESPONDERS = EnumSet.of(Role.RESPONDER);
  private static final Set<Role> AUDITORS = EnumSet.of(Role.AUDITOR);
  private static final Pattern ALERT_KEY = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern PAIRS = Pattern.compile("&");
  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,20}");
  private static final int LONGEST_ID = 512;
  private static final int LONGEST_CURSOR = 2_048;
  private static final int MOST_ITEMS = 500;
  private static final int USUAL_ITEMS = 100;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNSUPPORTED = 415;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;
  private static final int ACCEPTED = 202;

  private final Feed feed;
  private final Responses responses;
  private final Guard guard;
  private final Description description;
  private final Clock clock;
  private final Statements statements = Statements.shipped();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AlertStream stream;

  /**
   * The interface.
   *
   * @param feed it answers from
   * @param responses where answers to alerts go
   * @param guard before it
   * @param description of what runs here
   * @param clock for the time of an answer to an alert
   */
  public ApiPart(
      Feed feed, Responses responses, Guard guard, Description description, Clock clock) {
    this.feed = feed;
    this.responses = responses;
    this.guard = guard;
    this.description = description;
    this.clock = clock;
    this.stream = new AlertStream(feed, ended);
  }

  @Override
  public void addTo(JavalinConfig config) {
    read(config, "/api/v1/patients/{id}", this::patient);
    read(config, "/api/v1/patients/{id}/timeline", this::timeline, "cursor", "limit");
    read(config, "/api/v1/alerts", this::alerts, "code", "cursor", "limit", "priority", "state");
    read(config, "/api/v1/alerts/stream", this::stream, "list");
    read(config, "/api/v1/alerts/{alertKey}", this::alert);
    read(config, "/api/v1/topology", (context, _) -> topology(context));
    read(config, "/api/v1/session", ApiPart::session);
    String accesses = "/api/v1/patients/{id}/accesses";
    config.routes.get(
        accesses, guarded("GET " + accesses, AUDITORS, this::accesses, "cursor", "day", "limit"));
    String respond = "/api/v1/alerts/{alertKey}/responses";
    config.routes.post(respond, guarded("POST " + respond, RESPONDERS, this::respond));
    HttpServer.open(config, "/openapi.yaml", context -> document(context, "/web/openapi.yaml"));
    HttpServer.open(config, "/asyncapi.yaml", context -> document(context, "/web/asyncapi.yaml"));
    config.routes.after(guard::countWithoutRoute);
    config.jetty.modifyServer(server -> server.setRequestLog(guard::refusedBefore));
  }

  private void read(JavalinConfig config, String path, Guard.Answer answer, String... parameters) {
    config.routes.get(path, guarded("GET " + path, READERS, answer, parameters));
  }

  private Handler guarded(String what, Set<Role> any, Guard.Answer answer, String... parameters) {
    List<String> known = List.of(parameters);
    return context ->
        guard.admit(
            context,
            what,
            any,
            (asked, visit) -> {
              refuseUnknown(asked, known);
              answer.to(asked, visit);
            });
  }

  /**
   * A filter that is mistyped would be none, and the answer that to another question. The name is
   * repeated where it looks like one: anything may stand there.
   */
  private static void refuseUnknown(Context context, List<String> known) {
    for (String name : parameters(context)) {
      if (!name.isEmpty() && !known.contains(name)) {
        throw new ProblemException(
            BAD_REQUEST,
            (NAME.matcher(name).matches() ? name : "A parameter")
                + " is not known here; "
                + (known.isEmpty()
                    ? "there is none."
                    : "known are " + String.join(", ", known) + "."));
      }
    }
  }

  /** Of what cannot be decoded the server leaves out everything, and so every filter. */
  private static Set<String> parameters(Context context) {
    Map<String, List<String>> parameters = context.queryParamMap();
    long given =
        PAIRS
            .splitAsStream(Optional.ofNullable(context.queryString()).orElse(""))
            .filter(pair -> !pair.isEmpty())
            .count();
    long read =
        parameters.entrySet().stream()
            .filter(parameter -> !parameter.getKey().isEmpty())
            .mapToLong(parameter -> parameter.getValue().size())
            .sum();
    if (given != read) {
      throw new ProblemException(BAD_REQUEST, "The query is not in order.");
    }
    return parameters.keySet();
  }

  /** Ends the streams, so that the server need not wait for them. */
  @Override
  public void close() {
    ended.set(true);
  }

  // ------------------------------------------------------------------ patients

  private void patient(Context context, Guard.Visit visit) throws IOException {
    PatientId id = patientOf(context, visit);
    PatientView view =
        feed.model().view(id).orElseThrow(() -> known(NOT_FOUND, "No such patient."));
    answer(context, answer -> answer.patient(view, statements));
  }

  private void timeline(Context context, Guard.Visit visit) throws IOException {
    PatientId id = patientOf(context, visit);
    Page<TimelineEntry> page =
        paged(context, (cursor, limit) -> feed.model().timeline(id, cursor, limit));
    if (page.items().isEmpty() && feed.model().patient(id).isEmpty()) {
      throw known(NOT_FOUND, "No such patient.");
    }
    answer(context, answer -> answer.timeline(id, page));
  }

  private void accesses(Context context, Guard.Visit visit) throws IOException {
    PatientId id = patientOf(context, visit);
    LocalDate day = day(context);
    AccessLog.Lines lines = guard.log().of(id, day, after(context, day), limit(context));
    bytes(context, Answers.plain(answer -> answer.accesses(day, lines)));
  }

  /** The lines of the day that the answer before has gone through. */
  private static long after(Context context, LocalDate day) {
    Optional<String> cursor = parameter(context, "cursor");
    String prefix = day + ":";
    if (cursor.isEmpty()) {
      return 0;
    }
    if (!cursor.get().startsWith(prefix)
        || !cursor.get().substring(prefix.length()).matches("[1-9][0-9]{0,17}")) {
      throw new ProblemException(BAD_REQUEST, "cursor is not one of this list.");
    }
    return Long.parseLong(cursor.get().substring(prefix.length()));
  }

  private LocalDate day(Context context) {
    String text = parameter(context, "day").orElse("");
    try {
      return text.isEmpty()
          ? clock.instant().atOffset(ZoneOffset.UTC).toLocalDate()
          : LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new ProblemException(BAD_REQUEST, "day must be a date such as 2026-01-31.", e);
    }
  }

  private PatientId patientOf(Context context, Guard.Visit visit) {
    String id = context.pathParam("id");
    if (id.isBlank() || id.length() > LONGEST_ID) {
      throw known(NOT_FOUND, "No such patient.");
    }
    PatientId patient = new PatientId(id);
    visit.sees(patient);
    return patient;
  }

  // ------------------------------------------------------------------ alerts

  private void alerts(Context context, Guard.Visit visit) throws IOException {
    AlertQuery query =
        new AlertQuery(
            choice(context, "state", AlertState.values()),
            choice(context, "priority", Priority.values()),
            choice(context, "code", AlertCode.values()));
    Page<AlertRow> page =
        paged(context, (cursor, limit) -> feed.model().alerts(query, cursor, limit));
    page.items().forEach(row -> visit.sees(row.last().patientId()));
    answer(context, answer -> answer.alerts(page));
  }

  private void stream(Context context, Guard.Visit visit) throws IOException, InterruptedException {
    stream.to(
        context,
        visit,
        parameter(context, "list")
            .map(text -> OptionalInt.of(limit("list", text)))
            .orElse(OptionalInt.empty()));
  }

  private void alert(Context context, Guard.Visit visit) throws IOException {
    AlertRow row = alertOf(context, visit);
    List<Published<AlertRevision>> revisions = feed.model().revisions(row.key());
    List<String> explanation =
        Explanation.ofAlert(statements, revisions.stream().map(Published::value).toList());
    answer(context, answer -> answer.alert(row, revisions, explanation, statements));
  }

  private AlertRow alertOf(Context context, Guard.Visit visit) {
    String key = context.pathParam("alertKey");
    if (!ALERT_KEY.matcher(key).matches()) {
      throw known(NOT_FOUND, "No such alert.");
    }
    visit.names(key);
    AlertRow row = feed.model().alert(key).orElseThrow(() -> known(NOT_FOUND, "No such alert."));
    visit.sees(row.last().patientId());
    return row;
  }

  private void respond(Context context, Guard.Visit visit) throws IOException {
    AlertRow row = alertOf(context, visit);
    String type = Optional.ofNullable(context.contentType()).orElse("");
    if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new ProblemException(UNSUPPORTED, "The body must be application/json.");
    }
    Reply reply = Reply.read(context.bodyAsBytes());
    AlertRevision now = row.last().value();
    if (!now.state().open()) {
      throw known(CONFLICT, "The alert is not open any more.");
    }
    if (reply.revision().isPresent() && reply.revision().getAsInt() != now.revision()) {
      throw known(CONFLICT, "The alert has changed meanwhile; look at it again.");
    }
    String id = "response-" + UUID.randomUUID();
    send(reply, id, row, visit);
    context.status(ACCEPTED);
    bytes(
        context,
        Answers.of(feed.behind(), answer -> answer.json().writeStringField("eventId", id)));
  }

  private void send(Reply reply, String id, AlertRow row, Guard.Visit visit) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    try {
      responses.send(reply.fact(id, row.last().patientId(), row.key(), visit.who().subject(), at));
    } catch (PoisonRecordException e) {
      throw new ProblemException(UNPROCESSABLE, e.field() + " is not as it must be.", e);
    } catch (Responses.UnavailableException e) {
      throw new ProblemException(
          UNAVAILABLE, "It is not known whether the answer was stored; look, and try again.", e);
    }
  }

  // ------------------------------------------------------------------ what runs here

  private void topology(Context context) throws IOException {
    answer(
        context,
        answer -> {
          answer.json().writeStringField("applicationId", description.applicationId());
          answer.json().writeStringField("engineVersion", description.engineVersion());
          answer.json().writeObjectFieldStart("guideline");
          answer.json().writeStringField("id", description.guidelineId());
          answer.json().writeStringField("version", description.guidelineVersion());
          answer.json().writeStringField("hash", description.guidelineHash());
          answer.json().writeEndObject();
          answer.json().writeNumberField("partitions", description.partitions());
          answer
              .decisions()
              .list(
                  "topics",
                  description.topics(),
                  topic -> {
                    answer.json().writeStartObject();
                    answer.json().writeStringField("name", topic.name());
                    answer.json().writeStringField("direction", topic.direction());
                    answer.json().writeEndObject();
                  });
          answer.json().writeStringField("text", description.text());
        });
  }

  private static void session(Context context, Guard.Visit visit) throws IOException {
    bytes(
        context,
        Answers.plain(
            answer -> {
              answer.json().writeStringField("subject", visit.who().subject());
              answer
                  .decisions()
                  .texts("roles", visit.who().roles().stream().sorted().map(Role::word).toList());
            }));
  }

  private static void document(Context context, String resource) throws IOException {
    try (@Nullable InputStream in = ApiPart.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ProblemException(NOT_FOUND, "This build has no such document.");
      }
      context.contentType("application/yaml").result(in.readAllBytes());
    }
  }

  // ------------------------------------------------------------------ questions and answers

  private void answer(Context context, Answers.Content content) throws IOException {
    bytes(context, Answers.of(feed.behind(), content));
  }

  /** A refusal for what the read model has or has not, which may be behind. */
  private ProblemException known(int status, String detail) {
    return new ProblemException(status, detail).behind(Answers.json(feed.behind()));
  }

  private static void bytes(Context context, byte[] json) {
    context.contentType("application/json").result(json);
  }

  private static Optional<String> parameter(Context context, String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw new ProblemException(BAD_REQUEST, name + " may be given once.");
    }
    return values.stream().findFirst();
  }

  private static <E extends Enum<E>> Optional<E> choice(Context context, String name, E[] all) {
    return parameter(context, name)
        .map(
            text ->
                Arrays.stream(all)
                    .filter(one -> one.name().equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                BAD_REQUEST, name + " must be one of " + names(all) + ".")));
  }

  private static <E extends Enum<E>> String names(E[] all) {
    List<String> names = new ArrayList<>();
    for (E one : all) {
      names.add(one.name());
    }
    return String.join(", ", names);
  }

  /** Asks for a part of a list. */
  private interface Asking<T> {
    Page<T> of(Optional<String> cursor, int limit);
  }

  private static <T> Page<T> paged(Context context, Asking<T> asking) {
    Optional<String> cursor = parameter(context, "cursor");
    int limit = limit(context);
    if (cursor.filter(text -> text.length() > LONGEST_CURSOR).isPresent()) {
      throw new ProblemException(BAD_REQUEST, "cursor is not one of this list.");
    }
    try {
      return asking.of(cursor, limit);
    } catch (CursorException e) {
      throw new ProblemException(BAD_REQUEST, "cursor is not one of this list.", e);
    }
  }

  private static int limit(Context context) {
    return parameter(context, "limit").map(text -> limit("limit", text)).orElse(USUAL_ITEMS);
  }

  private static int limit(String name, String text) {
    if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST_ITEMS) {
      throw new ProblemException(
          BAD_REQUEST, name + " must be a whole number from 1 to " + MOST_ITEMS + ".");
    }
    return Integer.parseInt(text);
  }
}
