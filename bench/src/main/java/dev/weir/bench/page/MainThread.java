package dev.weir.bench.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The time that a page's main thread itself spends on each frame, as its clock of processor time has it: what the machine
 * gives to others meanwhile does not count. Taken from traces of some seconds each, as a whole run would be too long for one.
 */
final class MainThread {
    private record Span(double at, double own) {}

    private final Page page;
    private final CDPSession session;
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final AtomicBoolean complete = new AtomicBoolean();

    MainThread(Page page, CDPSession session) {
        this.page = page;
        this.session = session;
        session.on("Tracing.dataCollected", collected -> {
            for (JsonElement event : collected.getAsJsonArray("value")) {
                String name = text(event.getAsJsonObject(), "name");
                if (name.equals("RunTask") || name.equals("FireAnimationFrame")) {
                    events.add(event.getAsJsonObject());
                }
            }
        });
        session.on("Tracing.tracingComplete", end -> complete.set(true));
    }

    /** Milliseconds of its own time for each frame of a few seconds from now. */
    List<Double> frames(int seconds) {
        events.clear();
        complete.set(false);
        JsonArray categories = new JsonArray();
        categories.add("devtools.timeline");
        categories.add("disabled-by-default-devtools.timeline");
        JsonObject config = new JsonObject();
        config.add("includedCategories", categories);
        JsonObject start = new JsonObject();
        start.addProperty("transferMode", "ReportEvents");
        start.add("traceConfig", config);
        session.send("Tracing.start", start);
        page.waitForTimeout(seconds * 1_000);
        session.send("Tracing.end");
        page.waitForCondition(complete::get);
        return perFrame();
    }

    private List<Double> perFrame() {
        List<JsonObject> begins = events.stream()
                .filter(event -> text(event, "name").equals("FireAnimationFrame"))
                .toList();
        if (begins.isEmpty()) {
            return List.of();
        }
        JsonObject any = begins.get(0);
        List<Span> tasks = events.stream()
                .filter(event -> text(event, "name").equals("RunTask") && event.has("tdur"))
                .filter(event -> event.get("pid").equals(any.get("pid"))
                        && event.get("tid").equals(any.get("tid")))
                .map(event -> new Span(
                        event.get("ts").getAsDouble(), event.get("tdur").getAsDouble() / 1_000))
                .sorted(Comparator.comparingDouble(Span::at))
                .toList();
        List<Double> frames = new ArrayList<>();
        int task = 0;
        for (double begin : begins.stream()
                .mapToDouble(event -> event.get("ts").getAsDouble())
                .sorted()
                .toArray()) {
            double own = 0;
            while (task < tasks.size() && tasks.get(task).at() < begin) {
                own += tasks.get(task++).own();
            }
            frames.add(own);
        }
        return frames;
    }

    private static String text(JsonObject event, String name) {
        return event.has(name) ? event.get(name).getAsString() : "";
    }
}
