package io.meninx.docs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws sub-topologies one below the other: topics that are read on the left, processors with their
 * stores in a frame in the middle, topics that are written on the right. Colours hold on a light
 * and on a dark page. Lengths are in pixels at 100 %.
 */
final class Svg {
  private static final int WIDTH = 1000;
  private static final int MARGIN = 24;
  private static final int HEADING = 30;
  private static final int TOPIC_WIDTH = 226;
  private static final int TOPIC_HEIGHT = 34;
  private static final int TOPIC_GAP = 12;
  private static final int FRAME_LEFT = 322;
  private static final int FRAME_RIGHT = WIDTH - FRAME_LEFT;
  private static final int STEP_HEIGHT = 100;
  private static final int STORE_GAP = 8;
  private static final int STORE_HEIGHT = 58;
  private static final int STORES_IN_A_ROW = 4;
  private static final int PADDING = 22;

  private final StringBuilder body = new StringBuilder();
  private int top = MARGIN;

  private String title = "";
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final List<Box> left = new ArrayList<>();
  private final List<Box> right = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Way> lines = new ArrayList<>();

  /** A rectangle with a name. */
  private static final class Box {
    final String name;
    final String style;
    final int x;
    final int width;
    final int height;
    int y;

    Box(String name, String style, int x, int width, int height) {
      this.name = name;
      this.style = style;
      this.x = x;
      this.width = width;
      this.height = height;
    }

    int middle() {
      return y + height / 2;
    }
  }

  private record Step(Box box, List<Box> stores) {}

  private record Way(String from, String to) {}

  /** Begins a sub-topology. */
  void begin(String heading) {
    title = heading;
    boxes.clear();
    left.clear();
    right.clear();
    steps.clear();
    lines.clear();
  }

  /** A topic that is read. */
  void left(String name, boolean clock) {
    left.add(box(name, clock ? "clock" : "input", MARGIN, TOPIC_WIDTH, TOPIC_HEIGHT));
  }

  /** A topic that is written. */
  void right(String name) {
    right.add(box(name, "output", WIDTH - MARGIN - TOPIC_WIDTH, TOPIC_WIDTH, TOPIC_HEIGHT));
  }

  /** A processor with its stores. */
  void middle(String name, List<String> stores) {
    int width = FRAME_RIGHT - FRAME_LEFT - 2 * PADDING;
    Box step = box(name, "step", FRAME_LEFT + PADDING, width, STEP_HEIGHT);
    List<Box> drawn = new ArrayList<>();
    int columns = Math.clamp(stores.size(), 1, STORES_IN_A_ROW);
    int wide = (width + STORE_GAP) / columns - STORE_GAP;
    for (int i = 0; i < stores.size(); i++) {
      int x = FRAME_LEFT + PADDING + i % columns * (wide + STORE_GAP);
      drawn.add(new Box(stores.get(i), "store", x, wide, STORE_HEIGHT));
    }
    steps.add(new Step(step, drawn));
  }

  private Box box(String name, String style, int x, int width, int height) {
    Box box = new Box(name, style, x, width, height);
    boxes.put(name, box);
    return box;
  }

  /** A way of records, between two that were named. */
  void line(String from, String to) {
    lines.add(new Way(from, to));
  }

  /** Places and draws what was named since {@link #begin}. */
  void end() {
    int sides = Math.max(left.size(), right.size());
    int inside =
        steps.stream().mapToInt(step -> heightOf(step) + PADDING).sum() + PADDING + HEADING;
    int height = Math.max(sides * (TOPIC_HEIGHT + TOPIC_GAP) - TOPIC_GAP, inside);
    int from = top + HEADING;
    stack(left, from, height);
    stack(right, from, height);
    int frameTop = from + (height - inside) / 2;
    int y = frameTop + HEADING + PADDING / 2;
    for (Step step : steps) {
      y = place(step, y) + PADDING;
    }
    text(FRAME_LEFT + (FRAME_RIGHT - FRAME_LEFT) / 2, top + 8, "heading", title);
    rectangle("frame", FRAME_LEFT, frameTop, FRAME_RIGHT - FRAME_LEFT, inside, 14);
    text((FRAME_LEFT + FRAME_RIGHT) / 2, frameTop + 22, "small", "task of a partition");
    lines.forEach(line -> connect(line.from(), line.to()));
    for (Step step : steps) {
      step.stores().forEach(store -> tie(step.box(), store));
      draw(step.box(), 14);
      step.stores().forEach(this::cylinder);
    }
    left.forEach(topic -> draw(topic, 6));
    right.forEach(topic -> draw(topic, 6));
    top = from + height + MARGIN;
  }

  private static int heightOf(Step step) {
    int rows = (step.stores().size() + STORES_IN_A_ROW - 1) / STORES_IN_A_ROW;
    return STEP_HEIGHT + rows * (STORE_HEIGHT + PADDING);
  }

  private static int place(Step step, int y) {
    step.box().y = y;
    int below = y + STEP_HEIGHT + PADDING;
    for (int i = 0; i < step.stores().size(); i++) {
      step.stores().get(i).y = below + i / STORES_IN_A_ROW * (STORE_HEIGHT + PADDING);
    }
    return y + heightOf(step);
  }

  /** Spreads boxes evenly, in the middle of the height. */
  private static void stack(List<Box> column, int from, int height) {
    int needed = column.size() * (TOPIC_HEIGHT + TOPIC_GAP) - TOPIC_GAP;
    int y = from + (height - needed) / 2;
    for (Box box : column) {
      box.y = y;
      y += TOPIC_HEIGHT + TOPIC_GAP;
    }
  }

  private void connect(String from, String to) {
    Box source = known(from);
    Box target = known(to);
    int x1 = source.x + source.width;
    int x2 = target.x;
    if (x2 <= x1) { // one processor to the next, below it
      int x = source.x + source.width / 2;
      path("M%d %d L%d %d".formatted(x, source.y + source.height, x, target.y), true);
      return;
    }
    int y1 = onEdge(source, right, target);
    int y2 = onEdge(target, left, source);
    int bend = (x2 - x1) / 2;
    path(
        "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 7, y2),
        true);
  }

  /** Where a line meets a processor: lines of a side keep their order and do not cross. */
  private static int onEdge(Box box, List<Box> side, Box other) {
    if (!"step".equals(box.style) || side.size() < 2) {
      return box.middle();
    }
    int room = box.height - 16;
    return box.y + 8 + room * side.indexOf(other) / (side.size() - 1);
  }

  private Box known(String name) {
    Box box = boxes.get(name);
    if (box == null) {
      throw new IllegalArgumentException("A line to nowhere: " + name);
    }
    return box;
  }

  private void tie(Box step, Box store) {
    int x = store.x + store.width / 2;
    path("M%d %d L%d %d".formatted(x, step.y + step.height, x, store.y), false);
  }

  private void path(String way, boolean arrow) {
    body.append("  <path class=\"")
        .append(arrow ? "way" : "tie")
        .append("\" d=\"")
        .append(way)
        .append(arrow ? "\" marker-end=\"url(#tip)\"/>\n" : "\"/>\n");
  }

  private void draw(Box box, int round) {
    rectangle(box.style, box.x, box.y, box.width, box.height, round);
    text(box.x + box.width / 2, box.middle() + 5, "name", box.name);
  }

  private void cylinder(Box box) {
    int half = box.width / 2;
    int x = box.x;
    int y = box.y + 7;
    int end = box.y + box.height - 7;
    body.append(
        String.format(
            Locale.ROOT,
            "  <path class=\"store\" d=\"M%d %d v%d a%d 7 0 0 0 %d 0 v%d a%d 7 0 0 0 %d 0 a%d 7 0 0"
                + " 0 %d 0\"/>\n",
            x,
            y,
            end - y,
            half,
            box.width,
            y - end,
            half,
            -box.width,
            half,
            box.width));
    text(x + half, box.middle() + 9, "kept", box.name);
  }

  private void rectangle(String style, int x, int y, int width, int height, int round) {
    body.append(
        String.format(
            Locale.ROOT,
            "  <rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n",
            style,
            x,
            y,
            width,
            height,
            round));
  }

  private void text(int x, int y, String style, String words) {
    body.append(
        String.format(
            Locale.ROOT, "  <text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", style, x, y, words));
  }

  /** The whole file. */
  String text() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
      <title>The topology of Meninx: topics that are read, the processor with its stores, topics that are written</title>
      <style>
        text { font: 14px ui-sans-serif, system-ui, "Segoe UI", "DejaVu Sans", sans-serif; text-anchor: middle; fill: #1c2733; }
        .heading { font-size: 15px; font-weight: 600; }
        .kept { font-size: 13px; }
        .small { font-size: 12px; fill: #51606f; }
        .page { fill: #ffffff; }
        .frame { fill: #f4f6f9; stroke: #9aa8b8; stroke-dasharray: 5 4; }
        .input { fill: #e3eefb; stroke: #3f78b5; }
        .clock { fill: #eeeaf8; stroke: #7a63b8; }
        .step { fill: #ffffff; stroke: #1c2733; stroke-width: 1.5; }
        .store { fill: #fdf3dc; stroke: #b0852a; }
        .output { fill: #e2f3e8; stroke: #3b8a5a; }
        .way { fill: none; stroke: #7b8997; stroke-width: 1.3; }
        .tie { fill: none; stroke: #b0852a; stroke-width: 1.3; }
      </style>
      <defs>
        <marker id="tip" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 z" fill="#7b8997"/>
        </marker>
      </defs>
      <rect class="page" width="%1$d" height="%2$d" rx="10"/>
    %3$s</svg>
    """
        .formatted(WIDTH, top, body.toString().replace("\r\n", "\n"));
  }
}
