package dev.weir.bench.page;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** First paint, script, a flood, the way from a child's write to the screen, and a long run; prints one figure a line. */
public final class PageBench {
    private static final int LATE_SECONDS = 60;
    private static final int FLOOD = 5_000;
    private static final int TRACED_SECONDS = 10;
    private static final int TRICKLE = 100;
    private static final int TRICKLE_SECONDS = 20;
    private static final List<Double> PLACES = List.of(0.5, 0.1, 0.9, 0.33, 0.75);

    /** Notes how long each frame took, and for each line that comes how long ago it was written once it is drawn. */
    private static final String PROBE = """
            window.frames_ = []; window.ages_ = [];
            let last = performance.now();
            const frame = now => { frames_.push(now - last); last = now; requestAnimationFrame(frame); };
            requestAnimationFrame(frame);
            new MutationObserver(changes => {
              const written = changes.flatMap(change => [...change.addedNodes])
                  .filter(node => node.classList?.contains('row'))
                  .map(node => Number(/(\\d{13}) /.exec(node.textContent)?.[1]))
                  .filter(time => time > 0);
              if (written.length) requestAnimationFrame(() => { for (const time of written) ages_.push(Date.now() - time); });
            }).observe(document, { childList: true, subtree: true });
            """;

    private final Weir weir;
    private final Browser browser;

    private PageBench(Weir weir, Browser browser) {
        this.weir = weir;
        this.browser = browser;
    }

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 60;
        long lines = arguments.length > 2 ? Long.parseLong(arguments[2]) : 2_000_000;
        try (Weir weir = Weir.up(arguments[0]);
                Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright.chromium().launch(options())) {
            PageBench bench = new PageBench(weir, browser);
            bench.trickle();
            bench.paint();
            bench.flood(seconds);
            if (lines > 0) {
                bench.longRun(lines);
            }
        }
    }

    private static BrowserType.LaunchOptions options() {
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Chromium: install the package chromium"));
        return new BrowserType.LaunchOptions()
                .setExecutablePath(chromium)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"));
    }

    private Page lines(String run) {
        Page page = browser.newContext().newPage();
        page.addInitScript(PROBE);
        page.navigate(weir.address() + "/runs/" + run + "?view=lines");
        page.locator(".row").first().waitFor();
        return page;
    }

    private void trickle() throws IOException, InterruptedException {
        Process child = weir.tick("trickle", TRICKLE * TRICKLE_SECONDS, TRICKLE);
        weir.awaitLine("trickle");
        Page page = lines("trickle");
        page.evaluate("ages_.length = 0");
        child.waitFor();
        weir.awaitCounted("trickle", TRICKLE * TRICKLE_SECONDS);
        List<Double> ages = numbers(page, "ages_");
        print(
                "write to screen at " + TRICKLE + " lines/s, " + ages.size() + " lines, p50 / p95 / p99",
                ages,
                0.5,
                0.95,
                0.99);
        page.context().close();
    }

    private void paint() {
        List<Double> paints = new ArrayList<>();
        List<Double> shown = new ArrayList<>();
        double script = 0;
        for (int i = 0; i < 9; i++) {
            Page page = browser.newContext().newPage();
            page.navigate(weir.address() + "/runs/trickle");
            page.locator(".templates").waitFor();
            shown.addAll(numbers(page, "[performance.now()]"));
            paints.addAll(numbers(
                    page, "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)"));
            script = numbers(
                            page,
                            "[performance.getEntriesByType('resource').filter(one => one.name.endsWith('.js'))"
                                    + ".reduce((sum, one) => sum + one.encodedBodySize, 0)]")
                    .get(0);
            page.context().close();
        }
        print("first contentful paint, nothing cached, p50 / worst of " + paints.size(), paints, 0.5, 1);
        print("a run's templates shown, nothing cached, p50 / worst of " + shown.size(), shown, 0.5, 1);
        System.out.printf(Locale.ROOT, "script over the wire: %.1f kB%n", script / 1_000);
    }

    private void flood(int seconds) throws IOException, InterruptedException {
        long sent = (long) FLOOD * seconds;
        Process child = weir.tick("flood", sent, FLOOD);
        weir.awaitLine("flood");
        Page page = lines("flood");
        page.locator(".foot:not([data-came='0'])").waitFor();
        long before = Long.parseLong(page.locator(".foot").getAttribute("data-from"));
        CDPSession session = page.context().newCDPSession(page);
        session.send("Performance.enable");
        page.evaluate("frames_.length = 0");
        MainThread main = new MainThread(page, session);
        List<Double> own = new ArrayList<>();
        double most = 0;
        for (int second = 0; child.isAlive(); second++) {
            if (second % 60 == 5) {
                own.addAll(main.frames(TRACED_SECONDS));
                second += TRACED_SECONDS;
            } else {
                page.waitForTimeout(1_000);
            }
            most = Math.max(most, heap(session));
        }
        weir.awaitCounted("flood", sent);
        page.locator(".live.is-ended").waitFor(new Locator.WaitForOptions().setTimeout(120_000));
        // The run has ended for the page before its last lines have come; those that never do are unaccounted for.
        List<Double> counts = accounts(page);
        for (int second = 0; second < LATE_SECONDS && counts.get(0) + counts.get(1) < sent - before; second++) {
            page.waitForTimeout(1_000);
            counts = accounts(page);
        }
        List<Double> frames = numbers(page, "frames_");
        print(
                "frames at " + FLOOD + " lines/s for " + seconds + " s, " + frames.size()
                        + " frames, p50 / p99 / p99.9 / worst",
                frames,
                0.5,
                0.99,
                0.999,
                1);
        print(
                "of these the main thread's own time, " + own.size() + " frames, p50 / p99 / p99.9 / worst",
                own,
                0.5,
                0.99,
                0.999,
                1);
        System.out.printf(Locale.ROOT, "most of the page's heap: %.0f MB%n", most / 1e6);
        System.out.printf(
                Locale.ROOT,
                "lines from the first held: %d, of them came %.0f, skipped %.0f, unaccounted for %.0f%n",
                sent - before,
                counts.get(0),
                counts.get(1),
                sent - before - counts.get(0) - counts.get(1));
        page.context().close();
    }

    /** Lines that came, and lines that the page was told were skipped. */
    private static List<Double> accounts(Page page) {
        return numbers(
                page,
                "[document.querySelector('.foot').dataset.came, document.querySelector('.foot').dataset.missed].map(Number)");
    }

    private static double heap(CDPSession session) {
        for (var metric : session.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject one = metric.getAsJsonObject();
            if (one.get("name").getAsString().equals("JSHeapUsedSize")) {
                return one.get("value").getAsDouble();
            }
        }
        throw new IllegalStateException("The browser tells nothing of its heap");
    }

    private void longRun(long lines) throws IOException, InterruptedException {
        weir.tick("long", lines, 0).waitFor();
        weir.awaitCounted("long", lines);
        for (String view : List.of("", "?view=lines")) {
            List<Double> opened = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Page page = browser.newContext().newPage();
                long began = System.nanoTime();
                page.navigate(weir.address() + "/runs/long" + view);
                page.locator(view.isEmpty() ? ".templates tbody" : ".row")
                        .first()
                        .waitFor();
                opened.add((System.nanoTime() - began) / 1e6);
                page.context().close();
            }
            print(
                    "a run of " + lines + " lines, " + (view.isEmpty() ? "templates" : "lines")
                            + " shown, p50 / worst of 5",
                    opened,
                    0.5,
                    1);
        }
        Page page = lines("long");
        var rail = page.locator(".rail").boundingBox();
        List<Double> jumps = new ArrayList<>();
        for (double place : PLACES) {
            String there = page.locator(".row").nth(15).textContent();
            long began = System.nanoTime();
            page.mouse().click(rail.x + 5, rail.y + rail.height * place);
            page.waitForFunction("there => document.querySelectorAll('.row')[15]?.textContent !== there", there);
            jumps.add((System.nanoTime() - began) / 1e6);
        }
        print("a jump anywhere in it, p50 / worst of " + jumps.size(), jumps, 0.5, 1);
        page.context().close();
    }

    private static List<Double> numbers(Page page, String expression) {
        List<Double> numbers = new ArrayList<>();
        for (Object number : (List<?>) page.evaluate(expression)) {
            numbers.add(((Number) number).doubleValue());
        }
        return numbers;
    }

    private static void print(String what, List<Double> millis, double... quantiles) {
        if (millis.isEmpty()) {
            System.out.println(what + ": none");
            return;
        }
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        List<String> shown = new ArrayList<>();
        for (double quantile : quantiles) {
            shown.add(String.format(
                    Locale.ROOT, "%.0f", sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile))));
        }
        System.out.println(what + ": " + String.join(" / ", shown) + " ms");
    }
}
