package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private final Miner miner = new Miner();
    private final Miner.Source source = miner.source("stderr");

    private int mine(String line) {
        byte[] b = Corpus.bytes(line);
        return miner.mine(source, b, 0, b.length, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                Exception in thread "main" java.lang.IllegalStateException: closed
                \tat com.acme.Store.get(Store.java:31)
                \tat com.acme.Main.main(Main.java:9)
                Caused by: java.io.IOException: disk
                \t... 2 more""",
                """
                Traceback (most recent call last):
                  File "/srv/app.py", line 3, in <module>
                    run()
                ValueError: no number
                """,
                """
                panic: runtime error: index out of range [3] with length 3

                goroutine 1 [running]:
                main.total(0xc000012345)
                \t/srv/main.go:17 +0x1d
                main.main()
                \t/srv/main.go:9 +0x20
                exit status 2""",
                """
                TypeError: total is not a function
                    at sum (/srv/app.js:10:5)
                    at Object.<anonymous> (/srv/app.js:20:1)""",
                """
                System.InvalidOperationException: sequence is empty
                   at System.Linq.Enumerable.First()
                   --- End of inner exception stack trace ---
                   at Acme.Program.Main() in /srv/Program.cs:line 12""",
                """
                thread 'main' panicked at src/main.rs:4:5:
                stack backtrace:
                   0: rust_begin_unwind
                             at /rustc/library/std/src/panicking.rs:645:5
                   1: acme::main
                note: some details are omitted""",
                """
                thread 'worker' panicked at src/session.rs:88:33:
                called `Option::unwrap()` on a `None` value
                stack backtrace:
                   0: rust_begin_unwind
                             at /rustc/library/std/src/panicking.rs:645:5
                note: run with `RUST_BACKTRACE=full` for a verbose backtrace""",
                """
                Traceback (most recent call last):
                  File "/srv/app.py", line 3, in <module>
                    run()
                loader.errors.Unreachable: no database at db-2

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "/srv/app.py", line 9, in run
                    stop()
                KeyError: 'db'""",
                """
                Unhandled exception. System.NullReferenceException: Object reference not set.
                   at Shop.Program.Main(String[] args) in /src/Program.cs:line 12""",
                """
                error[E0308]: mismatched types
                  --> src/main.rs:8:24
                   |
                88 |     let port: u16 = args.port;
                   |               ---   ^^^^^^^^^ expected `u16`, found `String`""",
                """
                \u2502 Error: creating the database: not allowed
                \u2502
                \u2502   with module.db.this,
                \u2502   on db.tf line 3
                \u2575""",
                """
                app.rb:3:in 'total': undefined method (NoMethodError)
                \tfrom app.rb:9:in 'main'
                \tfrom app.rb:12:in '<main>'""",
            })
    void aStackTraceIsOneEvent(String trace) {
        String[] lines = trace.split("\n");

        int first = mine(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            assertEquals(first, mine(lines[i]), lines[i]);
            assertFalse(miner.firstOfEvent(), lines[i]);
        }

        assertEquals(lines.length, miner.template(first).count());
        assertEquals(1, miner.template(first).events());
    }

    @Test
    void aTraceAfterALoggedLineInheritsItsLevel() {
        int first = mine("2026-02-11 09:00:01 ERROR could not place order");

        int second = mine("com.acme.DeclinedException: by issuer");

        assertEquals(first, second);
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void anUncaughtTracebackIsNoPartOfAWarningBeforeIt() {
        int warning = mine("2026-02-11 09:00:01 WARNING feed 7 answered slowly");

        int trace = mine("Traceback (most recent call last):");

        assertNotEquals(warning, trace);
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void rowsOfAnIndentedReportSpeakForThemselves() {
        mine("/srv/cart/lib/account.js");

        mine("   22:7   error    'y' is not defined  no-undef");

        assertTrue(miner.firstOfEvent());
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void aFewWrappedLinesBelongToTheLineAboveThem() {
        int head = mine("please note that");

        assertEquals(head, mine("    this goes on below"));
        assertEquals(head, mine("    and ends here"));
    }

    @Test
    void anErrorBelowALineOfInformationIsItsOwn() {
        mine("2026-02-11 09:00:01 INFO running all checks");

        mine("    \u2715 adds up");

        assertTrue(miner.firstOfEvent());
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void aMessageBelowItsCategoryHasItsLevel() {
        mine("fail: Shop.Basket.BasketService[3]");

        int first = mine("      Basket 17 is gone");
        int second = mine("      and so is its owner");

        assertEquals("Basket <*> is gone", miner.template(first).text());
        assertEquals(first, second);
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void aProgressBarIsNoContinuation() {
        mine("Receiving objects");

        mine("  1% |#         |\r 100% |##########|");

        assertTrue(miner.firstOfEvent());
    }

    @Test
    void aNewHeaderEndsAnEvent() {
        mine("2026-02-11 09:00:01 ERROR could not place order");
        mine("\tat com.acme.Main.main(Main.java:9)");

        mine("2026-02-11 09:00:02 INFO placed order");

        assertTrue(miner.firstOfEvent());
        assertEquals(Level.INFO, miner.level());
    }

    @Test
    void aLongIndentedListingBreaksIntoBoundedEvents() {
        mine("Files:");
        int events = 1;
        for (int i = 0; i < 1000; i++) {
            mine("    file number " + i);
            events += miner.firstOfEvent() ? 1 : 0;
        }

        assertTrue(events >= 1000 / Event.MOST_INDENTED, "events: " + events);
    }

    @Test
    void aYamlDocumentIsOneEvent() {
        String documents = """
                ---
                # Source: shop/templates/service.yaml
                apiVersion: v1
                kind: Service
                metadata:
                  name: shop
                spec:
                  ports:
                    - port: 80

                ---
                - name: web
                  image: shop/web
                ---
                release finished
                """;
        StringBuilder firsts = new StringBuilder();
        for (String line : documents.split("\n")) {
            mine(line);
            firsts.append(miner.firstOfEvent() ? line + "|" : "");
        }

        assertEquals("---|---|---|release finished|", firsts.toString());
    }

    @Test
    void anErrorInADocumentIsAnEventOfItsOwn() {
        mine("---");
        mine("kind: Service");
        mine("error: unable to recognize the file");

        assertTrue(miner.firstOfEvent());
        assertEquals(Level.ERROR, miner.level());
    }

    @Test
    void aLongDocumentIsBounded() {
        mine("---");
        int events = 0;
        for (int i = 0; i < 5000; i++) {
            mine("  entry: " + i);
            events += miner.firstOfEvent() ? 1 : 0;
        }

        assertTrue(events >= 5000 / Event.MOST_TRACE, "events: " + events);
    }

    @Test
    void aDiffIsNotOneEvent() {
        String[] diff = {
            "diff --git a/x b/x",
            "@@ -1,3 +1,4 @@",
            " one",
            "-two",
            "+2",
            "+3",
            " three",
            "@@ -9,2 +10,2 @@",
            "-nine",
            "+9"
        };
        int events = 0;
        for (String line : diff) {
            mine(line);
            events += miner.firstOfEvent() ? 1 : 0;
        }

        assertTrue(events >= 8, "events: " + events);
    }

    private java.util.List<Slot.Value> causes() {
        return miner.templates().stream()
                .flatMap(template -> template.slots().stream())
                .filter(slot -> "cause".equals(slot.name()))
                .flatMap(slot -> slot.top().stream())
                .toList();
    }

    @Test
    void countsWhichExceptionsEventsThatBeginAlikeTellOf() {
        for (int i = 0; i < 3; i++) {
            mine("Traceback (most recent call last):");
            mine("  File \"/srv/app.py\", line 3, in <module>");
            mine(i < 2 ? "ValueError: no number" : "store.errors.Unreachable: no database");
        }
        mine("2026-11-20 10:00:00 ERROR request 17 failed");
        mine("java.lang.IllegalStateException: closed");
        mine("\tat com.acme.Store.get(Store.java:31)");
        mine("Caused by: java.io.IOException: disk");

        assertEquals(
                java.util.List.of("ValueError 2", "Unreachable 1", "IllegalStateException 1", "IOException 1"),
                causes().stream()
                        .map(value -> value.text() + " " + value.count())
                        .toList());
    }

    @Test
    void anExceptionNewToManyLikeItIsASurprise() {
        for (int i = 0; i < 100; i++) {
            mine("2026-11-20 10:00:00 ERROR request " + i + " failed");
            mine("java.net.SocketTimeoutException: read");
            assertEquals(null, miner.surprise());
        }
        mine("2026-11-20 10:00:00 ERROR request 100 failed");
        mine("java.lang.OutOfMemoryError: heap");

        Slot surprise = java.util.Objects.requireNonNull(miner.surprise());
        assertEquals("cause", surprise.name());
    }
}
