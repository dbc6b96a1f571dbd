package io.meninx.service.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.meninx.wire.Failures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that goes wrong is told as {@code application/problem+json} (RFC 9457): a status, its
 * name, and a sentence. What was asked for is not repeated, and of a failure inside only that there
 * was one, since an exception's text may hold anything; the log has its classes and place.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final String TYPE = "application/problem+json";
  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;

  private Problems() {}

  /**
   * Tells what goes wrong from now on.
   *
   * @param headers of every answer
   */
  static void configure(JavalinConfig config, Methods methods, Map<String, String> headers) {
    config.routes.exception(
        ProblemException.class,
        (problem, context) -> {
          allow(context, problem.status(), methods);
          tell(context, problem.status(), body(problem));
        });
    config.routes.exception(
        HttpResponseException.class,
        (refusal, context) -> {
          allow(context, refusal.getStatus(), methods);
          tell(context, refusal.getStatus());
        });
    // A body that comes too slowly, or stops.
    config.routes.exception(
        HttpException.RuntimeException.class,
        (refusal, context) -> tell(context, refusal.getCode()));
    config.routes.exception(
        Exception.class,
        (failure, context) -> {
          LOG.error("A request failed: {}", Failures.told(failure));
          tell(context, INTERNAL_ERROR);
        });
    config.jetty.modifyServer(
        server ->
            server.setErrorHandler((_, response, callback) -> tell(response, headers, callback)));
  }

  /** What is there instead of the method that is not. */
  private static void allow(Context context, int status, Methods methods) {
    if (status == HttpStatus.METHOD_NOT_ALLOWED.getCode()) {
      context.header("Allow", String.join(", ", methods.of(context.path())));
    }
  }

  private static void tell(Context context, int status) {
    tell(context, status, body(new ProblemException(status, "")));
  }

  private static void tell(Context context, int status, byte[] body) {
    if (status == HttpStatus.UNAUTHORIZED.getCode()) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(status).contentType(TYPE).result(body);
  }

  /**
   * What the server refuses before anybody else sees it: paths and headers that are not in order.
   */
  private static boolean tell(Response response, Map<String, String> headers, Callback callback) {
    int status = response.getStatus() >= BAD_REQUEST ? response.getStatus() : BAD_REQUEST;
    response.setStatus(status);
    headers.forEach(response.getHeaders()::put);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
    byte[] body = body(new ProblemException(status, ""));
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }

  private static byte[] body(ProblemException problem) {
    int status = problem.status();
    String detail = problem.detail();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", HttpStatus.forStatus(status).getMessage());
      json.writeNumberField("status", status);
      if (!detail.isEmpty()) {
        json.writeStringField("detail", detail);
      }
      if (!problem.behind().isEmpty()) {
        json.writeFieldName("behind");
        json.writeRawValue(problem.behind());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
