package io.meninx.testing;

import io.meninx.embedded.KafkaNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * A broker as a process of its own. Ends with the process that started it, which holds the other
 * end of its input.
 */
final class BrokerMain {
  static final String READY = "broker is ready";

  private static final String SETTING = "setting.";

  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    Properties file = new Properties();
    try (Reader in = Files.newBufferedReader(Path.of(args[0]))) {
      file.load(in);
    }
    Thread.ofPlatform().daemon().start(() -> endWith(System.in));
    KafkaNode.of(read(file)).start();
    System.out.println(READY);
  }

  private static void endWith(InputStream input) {
    try {
      while (input.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException _) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }

  /** The file that {@link #main} reads. */
  static void write(Path file, KafkaNode.Plan plan) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("id=" + plan.id());
    lines.add("cluster=" + plan.clusterId());
    lines.add("directory=" + plan.directory());
    lines.add("port=" + plan.port());
    lines.add(
        "controllers="
            + String.join(",", plan.controllerPorts().stream().map(String::valueOf).toList()));
    new TreeMap<>(plan.settings())
        .forEach((name, value) -> lines.add(SETTING + name + "=" + value));
    Files.write(file, lines);
  }

  private static KafkaNode.Plan read(Properties file) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : file.stringPropertyNames()) {
      if (name.startsWith(SETTING)) {
        settings.put(name.substring(SETTING.length()), file.getProperty(name));
      }
    }
    List<Integer> controllers = new ArrayList<>();
    for (String port : file.getProperty("controllers").split(",", -1)) {
      controllers.add(Integer.valueOf(port));
    }
    return new KafkaNode.Plan(
        Integer.parseInt(file.getProperty("id")),
        file.getProperty("cluster"),
        Path.of(file.getProperty("directory")),
        Integer.parseInt(file.getProperty("port")),
        controllers,
        settings);
  }
}
