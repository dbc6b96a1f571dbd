package io.meninx.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code /health/live}: restart it when it says no. {@code /health/started}: it has once worked.
 * {@code /health/ready}: the stream runs, no store is being restored, and the read model, if there
 * is one, has caught up once. Each answers 200 or 503, and says why in JSON. None tells of a
 * cluster that is away: the stream runs on and tries again, and starting an instance anew, or
 * sending people elsewhere, would help nobody.
 */
public final class HealthPart implements HttpServer.Part {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Supplier<Health> health;

  /**
   * How it is.
   *
   * @param live whether it can still work without being started anew
   * @param started whether it has once worked since it started
   * @param ready whether the stream runs with all its stores, and what is asked can be answered
   * @param details the reasons, with names that hold no patient
   */
  public record Health(boolean live, boolean started, boolean ready, Map<String, ?> details) {}

  /** Asks this one each time. */
  public HealthPart(Supplier<Health> health) {
    this.health = health;
  }

  @Override
  public void addTo(JavalinConfig config) {
    HttpServer.open(config, "/health/live", context -> answer(context, Health::live));
    HttpServer.open(config, "/health/started", context -> answer(context, Health::started));
    HttpServer.open(config, "/health/ready", context -> answer(context, Health::ready));
  }

  private void answer(Context context, Predicate<Health> question) throws JsonProcessingException {
    Health now = health.get();
    boolean well = question.test(now);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", well ? "UP" : "DOWN");
    body.putAll(now.details());
    context
        .status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .header("Cache-Control", "no-store")
        .contentType("application/json")
        .result(JSON.writeValueAsBytes(body));
  }
}
