package io.meninx.service.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/** Which methods each path has, of the routes of all parts. */
final class Methods {
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final List<Route> routes = new CopyOnWriteArrayList<>();

  /** A route. */
  private record Route(String method, Pattern path) {}

  /** Learns the routes that are added from now on. */
  void configure(JavalinConfig config) {
    config.events.handlerAdded(
        handler -> add(handler.getHttpMethod().name(), String.valueOf(handler.getPath())));
    config.routes.before(this::refuseHead);
  }

  private void add(String method, String path) {
    if (METHODS.contains(method)) {
      String wanted = path.replaceAll("\\{[A-Za-z]+\\}", "\\\\E[^/]+\\\\Q");
      routes.add(new Route(method, Pattern.compile("\\Q" + wanted + "\\E/?")));
    }
  }

  /** Of a path; none when nothing is there. */
  List<String> of(String path) {
    return routes.stream()
        .filter(route -> route.path().matcher(path).matches())
        .map(Route::method)
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * Where there is GET only, the server would answer HEAD by itself: without asking the route, and
   * so without the guard.
   */
  private void refuseHead(Context context) {
    List<String> methods = of(context.path());
    if (HandlerType.HEAD.equals(context.method())
        && !methods.isEmpty()
        && !methods.contains(HandlerType.HEAD.name())) {
      throw new ProblemException(METHOD_NOT_ALLOWED, "");
    }
  }
}
