package io.meninx.service.http;

import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page at {@code /}: a few files that come with the program. It holds no patient; what it shows
 * it asks of the interface, with the token of whoever uses it.
 */
public final class PagePart implements HttpServer.Part {
  private static final Map<String, File> FILES =
      Map.of(
          "/", new File("index.html", "text/html; charset=utf-8"),
          "/page.js", new File("page.js", "text/javascript; charset=utf-8"),
          "/page.css", new File("page.css", "text/css; charset=utf-8"),
          "/icon.svg", new File("icon.svg", "image/svg+xml"));

  /** A file of the page. */
  private record File(String name, String type) {}

  /** The page that comes with the program. */
  public PagePart() {}

  @Override
  public void addTo(JavalinConfig config) {
    FILES.forEach(
        (path, file) -> {
          byte[] content = content(file.name());
          HttpServer.open(
              config, path, context -> context.contentType(file.type()).result(content));
        });
  }

  private static byte[] content(String name) {
    try (@Nullable InputStream in = PagePart.class.getResourceAsStream("/web/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in this build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
