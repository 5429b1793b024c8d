package dev.weir.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Runs, templates, comparison and wakes on the web page, in a browser. Only signing in needs an order: it comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebPageIT {
    private static final Pattern ANY = Pattern.compile(".+");

    @TempDir
    private static Path home;

    private static WebNode weir;
    private static String base;
    private static WebBrowser browser;

    @BeforeAll
    static void run() throws Exception {
        browser = WebBrowser.start();
        weir = new WebNode(home);
        base = weir.base();
        weir.wrap("good-1", "good");
        weir.awaitBaseline();
        weir.wrap("bad-1", "bad");
    }

    @AfterAll
    static void down() {
        if (browser != null) {
            browser.close();
        }
        if (weir != null) {
            weir.close();
        }
    }

    @AfterEach
    void nothingWasComplainedOf() {
        browser.assertContent();
    }

    @Test
    @Order(1)
    void listsRunsWithWhatIsWrongAndOpensThemByKeyboard() {
        Page page = browser.open(base + "/");
        Locator bad = page.locator("tbody tr", new Page.LocatorOptions().setHasText("bad-1"));

        assertThat(bad).containsText("Failed");
        assertThat(bad.locator(".badge.is-novel")).hasText("1 novel");
        page.getByLabel("Filter runs").fill("good");
        assertThat(bad).hasCount(0);
        assertThat(page).hasURL(base + "/?q=good");
        page.getByLabel("Filter runs").fill("");
        WebBrowser.button(page, "Failed").click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator("h1").click(new Locator.ClickOptions().setForce(true));
        page.keyboard().press("j");
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Orders service");
        assertThat(page.locator(".title .status")).hasText("Failed · exit 1");
        assertThat(page.locator(".first-error")).containsText("payments.Gateway payment of order 60 failed");
        assertThat(page.locator(".accounting")).containsText("read 457 = counted 457 + dropped 0");
    }

    @Test
    @Order(2)
    void opensATemplateToItsLinesAndKeepsEveryFilterInTheAddress() {
        Page page = browser.open(base + "/runs/bad-1");
        Locator rows = page.locator(".templates tbody > tr:first-child");

        assertThat(rows.first()).containsText("ERROR");
        assertThat(rows.first().locator(".badge.is-novel")).isVisible();
        assertThat(rows.first().locator(".slot")).hasCount(1);
        assertThat(rows.first().locator("svg.spark")).isVisible();
        rows.first().locator(".expand").click();
        assertThat(page.locator(".detail")).containsText("payment of order 300 failed");
        assertThat(page.locator(".detail .near").first()).isVisible();
        page.getByLabel("Hide template 0").first().focus();
        page.getByLabel("Hide template 0").first().click();
        page.getByLabel("Search templates").fill("core");
        assertThat(rows).hasCount(1);
        WebBrowser.button(page, "Lines").click();
        assertThat(page).hasURL(Pattern.compile(".*q=core.*"));
        page.reload();
        assertThat(rows).hasCount(1);
        assertThat(page.getByText("without #0")).isVisible();
        assertThat(rows.locator("mark")).hasText("core");
        page.getByLabel("Search templates").fill("no such thing");
        WebBrowser.button(page, "Clear all filters").click();
        assertThat(rows).hasCount(4);
    }

    @Test
    @Order(3)
    void narrowsEverythingToAWindowOfTheChart() {
        Page page = browser.open(base + "/runs/bad-1");
        page.locator(".plot").focus();
        page.keyboard().press("ArrowLeft");
        page.keyboard().press("Shift+Home");

        assertThat(page.locator("figcaption")).containsText("457 lines");
        page.keyboard().press("Enter");

        assertThat(page).hasURL(Pattern.compile(".*from=.*to=.*"));
        assertThat(page.locator(".tally")).containsText("457 lines");
        page.getByText("whole run").first().click();
        assertThat(page).hasURL(base + "/runs/bad-1");
        page.navigate(base + "/runs/bad-1?from=2001-01-01T00:00:00Z&to=2001-01-01T01:00:00Z");
        assertThat(page.getByText("No lines in this window")).isVisible();
    }

    @Test
    @Order(4)
    void comparesARunWithItsJobsLastGoodOneAndWithAnother() {
        Page page = browser.open(base + "/runs/bad-1");
        page.locator(".title .button").click();

        assertThat(page.locator(".part").first()).containsText("payments.Gateway");
        assertThat(page.getByLabel("Before")).hasValue("good-1");
        page.getByLabel("Before").fill("bad-1");
        page.getByLabel("After").fill("good-1");
        page.locator("button.primary").click();
        assertThat(page).hasURL(base + "/compare?a=bad-1&b=good-1");
        assertThat(page.locator(".part").nth(1)).containsText("payments.Gateway");
    }

    @Test
    @Order(5)
    void queuesAWakeAndTakesItBack() {
        Page page = browser.open(base + "/runs/bad-1?view=wakes");
        assertThat(page.getByText("No wakes")).isVisible();

        page.getByLabel("Message").fill("look at the <b>gateway</b>");
        page.getByLabel("Delay").fill("1h");
        WebBrowser.button(page, "Add wake").click();

        assertThat(page.locator("tbody tr")).containsText("look at the <b>gateway</b>");
        WebBrowser.button(page, "Cancel").click();
        assertThat(page.locator(".phase")).hasText("cancelled");
    }

    @Test
    @Order(6)
    void isReachableForEverybodyInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.visit(scheme);
            String name = scheme.name().toLowerCase(java.util.Locale.ROOT);
            look(page, "/", ".badge.is-novel", "runs-" + name);
            look(page, "/runs/bad-1?open=" + errorTemplate(), ".detail .hit", "run-" + name);
            look(page, "/runs/bad-1?view=lines", ".row", "lines-" + name);
            page.keyboard().press("E");
            assertThat(page.locator(".chosen")).isVisible();
            judge(page, "line-" + name);
            look(page, "/compare?run=bad-1", ".part table", "compare-" + name);
            look(page, "/runs/bad-1?view=wakes", ".wakes", "wakes-" + name);
            look(page, "/runs/none-such", ".empty .command", "empty-" + name);
            page.keyboard().press("?");
            assertThat(page.locator("dialog.help")).isVisible();
            judge(page, "help-" + name);
            page.keyboard().press("Escape");
            page.setViewportSize(390, 800);
            look(page, "/", ".badge.is-novel", "small-runs-" + name);
            look(page, "/runs/bad-1?open=" + errorTemplate(), ".detail .hit", "small-run-" + name);
            look(page, "/runs/bad-1?view=lines", ".row", "small-lines-" + name);
            look(page, "/compare?run=bad-1", ".part table", "small-compare-" + name);
            page.context().close();
        }
    }

    private static void look(Page page, String path, String until, String name) {
        page.navigate(base + path);
        page.locator(until).first().waitFor();
        judge(page, name);
    }

    private static void judge(Page page, String name) {
        WebBrowser.shoot(page, name);
        assertEquals("", WebBrowser.violations(page), name);
        assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name);
    }

    @Test
    @Order(7)
    void asksForAKeyAndForgetsItWithTheTab() throws Exception {
        String key = weir.post("/v1/keys", "{\"name\":\"test\",\"scopes\":[\"admin\",\"read\"]}")
                .get("key")
                .asText();
        Page page = browser.visit();
        page.navigate(base + "/runs/bad-1?view=lines");

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Sign in");
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("wrong");
        WebBrowser.button(page, "Sign in").click();
        assertThat(page.locator(".problem")).hasText(ANY);
        WebBrowser.shoot(page, "signin");
        assertEquals("", WebBrowser.violations(page));
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill(key);
        WebBrowser.button(page, "Sign in").click();

        assertThat(WebBrowser.row(page, "order 11100 accepted")).isVisible();
        assertEquals("{}", page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"));
        assertNotEquals("", page.locator(".live").textContent());
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Sign in");
    }

    private static String errorTemplate() {
        return weir.json("/v1/runs/bad-1/snapshot?level=error")
                .at("/templates/0/id")
                .asText();
    }
}
