package dev.weir.standalone;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every line of a run on the web page, in a browser: history, the live end, filters, hostile text. */
class WebLinesIT {
    private static final Pattern ANY = Pattern.compile(".+");

    @TempDir
    private static Path home;

    private static WebNode weir;
    private static String base;
    private static WebBrowser browser;

    @BeforeAll
    static void run() {
        browser = WebBrowser.start();
        weir = new WebNode(home);
        base = weir.base();
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
    void showsLinesFindsErrorsAndSharesOneByItsAddress() {
        Page page = browser.open(base + "/runs/bad-1?view=lines");

        assertThat(WebBrowser.row(page, "order 11100 accepted")).isVisible();
        // Those of the other output, errors among them, may come a moment later.
        assertThat(page.getByText("457 lines held")).isVisible();
        page.keyboard().press("Home");
        assertThat(WebBrowser.row(page, "order 37 accepted")).isVisible();
        page.keyboard().press("e");
        assertThat(page.locator(".chosen")).containsText("payment of order 60 failed");
        assertThat(page.locator(".chosen .of")).containsText("5 lines");
        page.keyboard().press("e");
        assertThat(page.locator(".chosen")).containsText("payment of order 120 failed");
        page.keyboard().press("E");
        assertThat(page.locator(".chosen")).containsText("payment of order 60 failed");
        String link = page.url();

        Page other = browser.open(link);

        assertThat(other.locator(".row.selected")).containsText("payment of order 60 failed");
        assertThat(other.locator(".row.selected.stderr .from")).hasText("err");
        assertThat(other.locator(".row .fg2.bold").first()).hasText("compiled");
    }

    @Test
    void filtersLinesByTextPatternLevelStreamAndTemplate() throws IOException {
        Page page = browser.open(base + "/runs/bad-1?view=lines");

        page.getByLabel("Search lines").fill("/order (37|111) acc/");
        assertThat(page.locator(".row")).hasCount(2);
        page.getByLabel("Search lines").fill("SHARD 4");
        assertThat(page.locator(".row mark").first()).hasText("shard 4");
        assertThat(page.locator(".row")).hasCount(20);
        page.getByLabel("Search lines").fill("");
        WebBrowser.button(page, "stderr").click();
        assertThat(page.locator(".row")).hasCount(15);
        WebBrowser.button(page, "stderr").click();
        WebBrowser.button(page, "warn").click();
        assertThat(page.locator(".foot")).containsText("100 lines held");
        WebBrowser.button(page, "warn").click();
        WebBrowser.row(page, "order 11100 accepted").click();
        WebBrowser.button(page, "Only these").click();
        assertThat(page.locator(".foot")).containsText("300 lines held");
        assertThat(page.getByText("only #0")).isVisible();
        page.getByText("only #0").click();
        WebBrowser.button(page, "Without these").click();
        assertThat(page.locator(".foot")).containsText("157 lines held");
        Download download =
                page.waitForDownload(() -> WebBrowser.button(page, "Download").click());
        List<String> downloaded = Files.readAllLines(download.path());
        assertEquals(157, downloaded.size());
        assertTrue(downloaded.stream().noneMatch(line -> line.contains("accepted from customer")));
    }

    @Test
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
            WebBrowser.button(page, "Pause").click();
            weir.ship("counting", 4_100, 4_150);
            assertThat(page.locator(".jump")).hasText("50 new lines ↓");
            assertThat(page.locator(".live.is-paused")).isVisible();
            WebBrowser.button(page, "Resume").click();
            assertThat(page.locator(".row").last()).containsText("line 4149 of");
        }
    }

    @Test
    void showsHostileTextAsTextAndNothingElse() throws Exception {
        weir.post("/v1/runs", "{\"run\":\"hostile\",\"title\":\"<img src=x onerror=alert(1)>\"}");
        weir.post("/v1/runs/hostile/lines", WebNode.hostile());
        Page page = browser.open(base + "/runs/hostile?view=lines&wrap=1");

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

    /** Waits until the list stands still so many pixels above its end. */
    private static void awaitScrolled(Page page, int up) {
        page.waitForFunction(
                "up => { const e = document.getElementById('lines'); return Math.abs(e.scrollHeight - e.clientHeight - e.scrollTop - up) < 1; }",
                up);
    }

    /** The numbers of the lines that the page holds, in their order. */
    private static List<Integer> held(Page page) {
        WebBrowser.button(page, "Copy").click();
        assertThat(WebBrowser.button(page, "Copied")).isVisible();
        return ((String) page.evaluate("navigator.clipboard.readText()"))
                .lines()
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
    }
}
