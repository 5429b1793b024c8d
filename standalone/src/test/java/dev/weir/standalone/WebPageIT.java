package dev.weir.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The web page, in a browser, of a node that wrapped real commands. Only signing in needs an order: it comes last. */
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
        Page page = at("/");
        Locator bad = page.locator("tbody tr", new Page.LocatorOptions().setHasText("bad-1"));

        assertThat(bad).containsText("Failed");
        assertThat(bad.locator(".badge.is-novel")).hasText("1 novel");
        page.getByLabel("Filter runs").fill("good");
        assertThat(bad).hasCount(0);
        assertThat(page).hasURL(base + "/?q=good");
        page.getByLabel("Filter runs").fill("");
        button(page, "Failed").click();
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
        Page page = at("/runs/bad-1");
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
        button(page, "Lines").click();
        assertThat(page).hasURL(Pattern.compile(".*q=core.*"));
        page.reload();
        assertThat(rows).hasCount(1);
        assertThat(page.getByText("without #0")).isVisible();
        assertThat(rows.locator("mark")).hasText("core");
        page.getByLabel("Search templates").fill("no such thing");
        button(page, "Clear all filters").click();
        assertThat(rows).hasCount(4);
    }

    @Test
    @Order(3)
    void narrowsEverythingToAWindowOfTheChart() {
        Page page = at("/runs/bad-1");
        page.locator(".plot").focus();
        page.keyboard().press("ArrowLeft");
        // The run may have gone on from one bar of the chart to the next.
        for (int bars = 0; bars < 10; bars++) {
            page.keyboard().press("Shift+ArrowLeft");
        }

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
    void showsLinesFindsErrorsAndSharesOneByItsAddress() {
        Page page = at("/runs/bad-1?view=lines");

        assertThat(row(page, "order 11100 accepted")).isVisible();
        page.keyboard().press("Home");
        assertThat(row(page, "order 37 accepted")).isVisible();
        page.keyboard().press("e");
        assertThat(page.locator(".chosen")).containsText("payment of order 60 failed");
        assertThat(page.locator(".chosen .of")).containsText("5 lines");
        page.keyboard().press("e");
        assertThat(page.locator(".chosen")).containsText("payment of order 120 failed");
        page.keyboard().press("E");
        assertThat(page.locator(".chosen")).containsText("payment of order 60 failed");
        String link = page.url();

        Page other = at(link.substring(base.length()));

        assertThat(other.locator(".row.selected")).containsText("payment of order 60 failed");
        assertThat(other.locator(".row.selected.stderr .from")).hasText("err");
        assertThat(other.locator(".row .fg2.bold").first()).hasText("compiled");
    }

    @Test
    @Order(5)
    void filtersLinesByTextPatternLevelStreamAndTemplate() {
        Page page = at("/runs/bad-1?view=lines");

        page.getByLabel("Search lines").fill("/order (37|111) acc/");
        assertThat(page.locator(".row")).hasCount(2);
        page.getByLabel("Search lines").fill("SHARD 4");
        assertThat(page.locator(".row mark").first()).hasText("shard 4");
        assertThat(page.locator(".row")).hasCount(20);
        page.getByLabel("Search lines").fill("");
        button(page, "stderr").click();
        assertThat(page.locator(".row")).hasCount(15);
        button(page, "stderr").click();
        button(page, "warn").click();
        assertThat(page.locator(".foot")).containsText("100 lines held");
        button(page, "warn").click();
        row(page, "order 11100 accepted").click();
        button(page, "Only these").click();
        assertThat(page.locator(".foot")).containsText("300 lines held");
        assertThat(page.getByText("only #0")).isVisible();
    }

    @Test
    @Order(6)
    void followsYieldsCountsAndResumesWithoutGapOrRepeatThoughTheLineBreaks() throws Exception {
        weir.post("/v1/runs", "{\"run\":\"counting\"}");
        weir.ship("counting", 0, 2_000);
        try (CutLine cable = new CutLine(weir.port())) {
            Page page = browser.visit();
            page.navigate("http://127.0.0.1:" + cable.port() + "/runs/counting?view=lines");
            assertThat(page.locator(".live.is-following")).isVisible();
            assertThat(page.locator(".row").last()).containsText("line 1999 of");
            weir.ship("counting", 2_000, 2_500);
            assertThat(page.locator(".row").last()).containsText("line 2499 of");

            cable.cut();
            assertThat(page.locator(".lost")).containsText("Connection lost");
            weir.ship("counting", 2_500, 3_500);
            cable.mend();
            // The page may have come back by itself meanwhile.
            page.evaluate("document.querySelector('.lost button')?.click()");
            assertThat(page.locator(".row").last()).containsText("line 3499 of");
            assertThat(page.locator(".lost")).hasCount(0);
            weir.ship("counting", 3_500, 4_000);
            assertThat(page.locator(".row").last()).containsText("line 3999 of");
            assertEquals(IntStream.range(1_000, 4_000).boxed().toList(), held(page));

            page.locator("#lines").hover();
            page.mouse().wheel(0, -600);
            assertThat(page.locator(".live.is-live")).isVisible();
            awaitScrolled(page, 600);
            String seen = page.locator(".row").nth(20).textContent();
            weir.ship("counting", 4_000, 4_100);
            assertThat(page.locator(".jump")).hasText("100 new lines ↓");
            assertEquals(seen, page.locator(".row").nth(20).textContent());
            page.locator(".jump").click();
            assertThat(page.locator(".row").last()).containsText("line 4099 of");
            button(page, "Pause").click();
            weir.ship("counting", 4_100, 4_150);
            assertThat(page.locator(".jump")).hasText("50 new lines ↓");
            assertThat(page.locator(".live.is-paused")).isVisible();
            button(page, "Resume").click();
            assertThat(page.locator(".row").last()).containsText("line 4149 of");
        }
    }

    @Test
    @Order(7)
    void showsHostileTextAsTextAndNothingElse() throws Exception {
        weir.post("/v1/runs", "{\"run\":\"hostile\",\"title\":\"<img src=x onerror=alert(1)>\"}");
        weir.post("/v1/runs/hostile/lines", WebNode.hostile());
        Page page = at("/runs/hostile?view=lines&wrap=1");

        assertThat(page.locator(".row")).hasCount(8);
        assertThat(page.locator("h1")).hasText("<img src=x onerror=alert(1)>");
        assertEquals(0, page.locator("#main img, #main script, #main iframe").count());
        assertThat(page.locator(".row").first()).containsText("<script>alert(1)</script>");
        assertThat(page.locator(".unseen").first()).hasText(ANY);
        assertThat(page.getByText("U+202E")).isVisible();
        page.locator(".row").nth(6).click();
        assertThat(page.locator(".chosen")).containsText("more characters");
        assertTrue(page.locator("#lines")
                .evaluate("e => e.scrollWidth <= e.clientWidth + 1")
                .equals(true));
        assertThat(page.locator(".row").nth(7)).containsText("invalid \uFFFD");
        page.keyboard().press("1");
        assertThat(page.locator(".templates tbody").first()).isVisible();
        WebBrowser.shoot(page, "hostile");
    }

    @Test
    @Order(8)
    void comparesARunWithItsJobsLastGoodOneAndWithAnother() {
        Page page = at("/runs/bad-1");
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
    @Order(9)
    void queuesAWakeAndTakesItBack() {
        Page page = at("/runs/bad-1?view=wakes");
        assertThat(page.getByText("No wakes")).isVisible();

        page.getByLabel("Message").fill("look at the <b>gateway</b>");
        page.getByLabel("Delay").fill("1h");
        button(page, "Add wake").click();

        assertThat(page.locator("tbody tr")).containsText("look at the <b>gateway</b>");
        button(page, "Cancel").click();
        assertThat(page.locator(".phase")).hasText("cancelled");
    }

    @Test
    @Order(10)
    void isReachableForEverybodyInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browser.visit(scheme);
            String name = scheme.name().toLowerCase(java.util.Locale.ROOT);
            look(page, "/", ".badge.is-novel", "runs-" + name);
            look(page, "/runs/bad-1?open=" + errorTemplate(), ".detail .hit", "run-" + name);
            look(page, "/runs/bad-1?view=lines", ".row", "lines-" + name);
            page.keyboard().press("E");
            assertThat(page.locator(".chosen")).isVisible();
            WebBrowser.shoot(page, "line-" + name);
            look(page, "/compare?run=bad-1", ".part table", "compare-" + name);
            look(page, "/runs/bad-1?view=wakes", ".wakes", "wakes-" + name);
            look(page, "/runs/none-such", ".empty .command", "empty-" + name);
            page.keyboard().press("?");
            assertThat(page.locator("dialog.help")).isVisible();
            WebBrowser.shoot(page, "help-" + name);
            page.keyboard().press("Escape");
            page.setViewportSize(390, 800);
            look(page, "/runs/bad-1", ".templates", "small-" + name);
            assertEquals(true, page.evaluate("document.documentElement.scrollWidth <= innerWidth"));
            page.context().close();
        }
    }

    private static void look(Page page, String path, String until, String name) {
        page.navigate(base + path);
        page.locator(until).first().waitFor();
        WebBrowser.shoot(page, name);
        assertEquals("", WebBrowser.violations(page), name);
    }

    @Test
    @Order(11)
    void asksForAKeyAndForgetsItWithTheTab() throws Exception {
        String key = weir.post("/v1/keys", "{\"name\":\"test\",\"scopes\":[\"admin\",\"read\"]}")
                .get("key")
                .asText();
        Page page = browser.visit();
        page.navigate(base + "/runs/bad-1?view=lines");

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Sign in");
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill("wrong");
        button(page, "Sign in").click();
        assertThat(page.locator(".problem")).hasText(ANY);
        WebBrowser.shoot(page, "signin");
        assertEquals("", WebBrowser.violations(page));
        page.getByLabel("Key", new Page.GetByLabelOptions().setExact(true)).fill(key);
        button(page, "Sign in").click();

        assertThat(row(page, "order 11100 accepted")).isVisible();
        assertEquals("{}", page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"));
        assertNotEquals("", page.locator(".live").textContent());
        page.reload();
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Sign in");
    }

    // ---- what the tests need ----

    private static Page at(String path) {
        Page page = browser.visit();
        page.navigate(base + path);
        return page;
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator row(Page page, String text) {
        return page.locator(".row", new Page.LocatorOptions().setHasText(text));
    }

    /** Waits until the list stands still so many pixels above its end. */
    private static void awaitScrolled(Page page, int up) {
        page.waitForFunction(
                "up => { const e = document.getElementById('lines'); return Math.abs(e.scrollHeight - e.clientHeight - e.scrollTop - up) < 1; }",
                up);
    }

    private static String errorTemplate() {
        return weir.json("/v1/runs/bad-1/snapshot?level=error")
                .at("/templates/0/id")
                .asText();
    }

    /** The numbers of the lines that the page holds, in their order. */
    private static List<Integer> held(Page page) {
        button(page, "Copy").click();
        assertThat(button(page, "Copied")).isVisible();
        return ((String) page.evaluate("navigator.clipboard.readText()"))
                .lines()
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
    }
}
