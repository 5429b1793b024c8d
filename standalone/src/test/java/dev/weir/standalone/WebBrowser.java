package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium. Whatever a page complains of, a policy that was violated above all, fails the test. */
final class WebBrowser implements AutoCloseable {
    private static final List<Path> PLACES = Stream.of(
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/usr/bin/google-chrome-stable")
            .map(Path::of)
            .toList();
    /** A machine that does much else is no reason to fail. */
    private static final int PATIENCE_MILLIS = 30_000;

    private static final Path SHOTS = Path.of("target", "screenshots");

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private WebBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the test, visibly, where there is no browser; in CI there must be one. */
    static WebBrowser start() {
        Path chromium = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (chromium == null && !"required".equals(System.getenv("WEIR_BROWSER"))) {
            Assumptions.abort("No Chromium in " + PLACES + ": install the package chromium to test the page");
        }
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(
                                Objects.requireNonNull(chromium, "WEIR_BROWSER is required, and there is no Chromium"))
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        return new WebBrowser(playwright, browser);
    }

    /** A page with memory of its own, as of another visitor. */
    Page visit(ColorScheme scheme) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setViewportSize(1360, 860).setColorScheme(scheme));
        context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")
                    && !message.text().startsWith("Failed to load resource")
                    && !message.text().contains("WebSocket connection to")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    Page visit() {
        return visit(ColorScheme.LIGHT);
    }

    Page open(String address) {
        Page page = visit();
        page.navigate(address);
        return page;
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** A line that is shown. */
    static Locator row(Page page, String text) {
        return page.locator(".row", new Page.LocatorOptions().setHasText(text));
    }

    /** Fails if a page complained; forgets what it said. */
    void assertContent() {
        List<String> said = List.copyOf(complaints);
        complaints.clear();
        assertEquals(List.of(), said);
    }

    static void shoot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(name + ".png")));
    }

    /** What axe-core holds against the page as it is; empty if nothing. */
    static String violations(Page page) {
        page.evaluate(axe());
        return String.valueOf(
                page.evaluate(
                        "async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']})).violations"
                                + ".map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' + n.any.map(a => a.message)).join(' | ')).join('\\n')"));
    }

    private static String axe() {
        try (InputStream script =
                WebBrowser.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
