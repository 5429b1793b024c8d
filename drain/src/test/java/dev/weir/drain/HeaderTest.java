package dev.weir.drain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTest {
    private final Header header = new Header();
    private final Learner learner = new Learner();

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-02-11 09:00:01,123 INFO  [main] com.acme.Orders - placed 7~placed 7~INFO",
                "2026-02-11T09:00:01.123Z  WARN 4711 --- [nio-8080-exec-2] o.e.shop.Stock   : answered 503~answered 503~WARN",
                "2026-02-11 09:00:01,123 - ingest.reader - ERROR - row 3 is short~row 3 is short~ERROR",
                "2026-02-11 09:00:01,123 - werkzeug - INFO - 10.1.2.3 - - asks~10.1.2.3 - - asks~INFO",
                "I, [2026-02-11T09:00:01.813331 #411]  INFO -- : [a] Started~[a] Started~INFO",
                "F, [2026-02-11T09:00:01.813331 #411] FATAL -- shop: stopped~stopped~FATAL",
                "Feb 11 09:00:01 gate sshd[812]: Accepted password~Accepted password~UNKNOWN",
                "Feb  1 09:00:01 gate kernel: link is up~link is up~UNKNOWN",
                "02-11 09:00:01.123  1702  2395 D WindowManager: relayout~relayout~DEBUG",
                "[Wed Feb 11 09:00:01 2026] [error] child died~child died~ERROR",
                "26/02/11 09:00:01 INFO storage.Memory: block stored~block stored~INFO",
                "260211 090001 148 INFO data.Node$Writer: block written~block written~INFO",
                "E0211 09:00:01.123456    2211 pods.go:191] sync failed~sync failed~ERROR",
                "20260211-9:0:1:123|Steps|3000|counted~counted~UNKNOWN",
                "[10.30 16:49:06] browser.exe - proxy opened~proxy opened~UNKNOWN",
                "1770800401 node-7 up~node-7 up~UNKNOWN",
                "2026-02-11 09:00:01, Info                  CBS    session ready~session ready~INFO",
                "2026-02-11 09:00:01.008 25746 INFO nova.api.server [req-38101a0b 113d3a99 - - -] served~served~INFO",
                "[INFO] Building jar~Building jar~INFO",
                "INFO:root:started~started~INFO",
                "WARN  [CompactionExecutor:3] 2026-02-11 09:00:01,123 Pool.java:466 - is full~is full~WARN",
                "INFO 2026-02-11 09:00:01,123 shop.views: placed 7~placed 7~INFO",
                "[DEBUG] 2026-02-11 09:00:01 placed 7~placed 7~DEBUG",
                "[2026-02-11 09:00:01,123: INFO/ForkPoolWorker-3] task done~task done~INFO",
                "[2026-02-11T09:00:01Z WARN  shop::stock] sold out~sold out~WARN",
                "[2026-02-11 09:00:01] production.ERROR: no such order~no such order~ERROR",
                "[2026-02-11T09:00:01.123+00:00] request.INFO: matched~matched~INFO",
                "2026-02-11 09:00:01.123 UTC [4711] app@shop LOG:  duration: 5.1 ms~duration: 5.1 ms~INFO",
                "2026-02-11 09:00:01.123 UTC [9] [unknown]@[unknown] FATAL:  no entry~no entry~FATAL",
                "2026-02-11 09:00:01.123 UTC [9] [unknown]@shop FATAL:  no entry~no entry~FATAL",
                "4711:M 11 Feb 2026 09:00:01.123 * Saving~Saving~INFO",
                "4711:M 11 Feb 2026 09:00:01.123 # Out of memory~Out of memory~WARN",
                "W/ActivityManager(  912): slow~slow~WARN",
                "02-11 09:00:01.123 W/ActivityManager(  912): slow~slow~WARN",
                "2026-02-11 09:00:01.123456: W tensorflow/core/gpu.cc:1142] none found~none found~WARN",
                "11-Feb-2026 09:00:01.123 INFO [main] org.apache.catalina.startup.Catalina.start Up~Up~INFO",
                "09:00:01,123 INFO  [org.jboss.as] (MSC service thread 1-4) started~started~INFO",
                "2026-02-11 09:00:01.123 INFO  (qtp1-20) [c:books s:s1 x:b_r1] o.a.s.c.Core opened~opened~INFO",
                "<Feb 11, 2026 9:00:01 AM UTC> <Notice> <Server> <BEA-000365> <RUNNING>~<RUNNING>~INFO",
                "[Nest] 12  - 02/11/2026, 9:00:01 AM     LOG [NestFactory] Starting~Starting~INFO",
                "2026-02-11T09:00:01.123Z\tinfo\tsetup\tstarting manager~starting manager~INFO",
                "info: Shop.Worker[14] tick~tick~INFO",
                "4012 [main] INFO com.acme.Orders - placed 7~placed 7~INFO",
                "2026-02-11 09:00:01 INFO [instance: 7] VM started~[instance: 7] VM started~INFO",
                "ERROR: no such file~ERROR: no such file~ERROR",
                "error[E0308]: mismatched types~error[E0308]: mismatched types~ERROR",
            })
    void endsWhereTheMessageStarts(String line, String message, Level level) {
        byte[] b = Corpus.bytes(line);

        int start = header.cut(learner, b, 0, b.length, Miner.NO_TIME);

        assertEquals(message, line.substring(start));
        assertEquals(level, header.level);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-02-11 09:00:01,123 INFO  [main] com.acme.Orders - placed 7~{logger=com.acme.Orders, thread=main}",
                "2026-02-11T09:00:01.123Z  WARN 4711 --- [exec-2] o.e.Stock   : answered~{logger=o.e.Stock, pid=4711, thread=exec-2}",
                "Feb 11 09:00:01 gate sshd[812]: Accepted password~{host=gate, logger=sshd, pid=812}",
                "02-11 09:00:01.123  1702  2395 D WindowManager: relayout~{logger=WindowManager, pid=1702, thread=2395}",
                "I0211 09:00:01.123456    4711 kubelet.go:2199] sync~{logger=kubelet.go:2199, pid=4711}",
                "I, [2026-02-11T09:00:01.813331 #411]  INFO -- shop: Started~{logger=shop, pid=411}",
                "INFO  [main] 2026-02-11 09:00:01,123 Pool.java:466 - full~{logger=Pool.java:466, thread=main}",
                "[2026-02-11 09:00:01: INFO/Worker-3] task done~{thread=Worker-3}",
                "4711:M 11 Feb 2026 09:00:01.123 * Saving~{pid=4711}",
                "W/ActivityManager(  912): slow~{logger=ActivityManager, pid=912}",
                "2026-02-11 09:00:01 INFO nothing to see here~{}"
            })
    void tellsWhoWroteTheLine(String line, String origin) {
        byte[] b = Corpus.bytes(line);

        header.cut(learner, b, 0, b.length, Miner.NO_TIME);

        Map<String, String> said = new TreeMap<>();
        for (int i = 0; i < header.origin.count; i++) {
            String value = new String(
                    b, header.origin.from[i], header.origin.to[i] - header.origin.from[i], StandardCharsets.UTF_8);
            said.put(Origin.NAMES[header.origin.kind[i]], value);
        }
        assertEquals(origin, said.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Started at 2026-02-11 09:00:01 by amara",
                "7 of 9 tests passed",
                "error handling is hard",
                "Information about the build",
                "the header: of a letter",
                "2 files changed",
                "4012 [main] starts",
                "[main] at some time",
                "I/O is slow (12): wait",
                "info: see the docs",
                "12:E is a note",
            })
    void takesNoWordsOfAMessageThatHasNone(String line) {
        byte[] b = Corpus.bytes(line);

        assertEquals(0, header.cut(learner, b, 0, b.length, Miner.NO_TIME));
    }

    @Test
    void leavesAWordWithAColonToTheMessageWhereLinesHaveNoLogger() {
        for (int i = 0; i < 20; i++) {
            byte[] plain = Corpus.bytes("2026-02-11 09:00:01 INFO nothing to report");
            header.cut(learner, plain, 0, plain.length, Miner.NO_TIME);
        }
        String line = "2026-02-11 09:00:02 INFO mailer: queue is empty";
        byte[] b = Corpus.bytes(line);

        int start = header.cut(learner, b, 0, b.length, Miner.NO_TIME);

        assertEquals("mailer: queue is empty", line.substring(start));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "2026-02-11T09:00:01Z~1770800401000",
                "2026-02-11T10:00:01.250+01:00~1770800401250",
                "2026-02-11 09:00:01,123~1770800401123",
                "11/Feb/2026:09:00:01 +0000~1770800401000",
                "Wed Feb 11 09:00:01 2026~1770800401000",
                "20260211 090001~1770800401000",
                "260211 090001~1770800401000",
                "26/02/11 09:00:01~1770800401000",
                "2026-02-11-09.00.01.500000~1770800401500",
                "1770800401.25~1770800401250",
                "1770800401250~1770800401250",
                "Feb 11 09:00:01~1770800401000",
                "11-Feb-2026 09:00:01~1770800401000",
                "02/11/2026, 9:00:01 AM~1770800401000",
                "Feb 11, 2026 12:00:01 AM~1770768001000",
                "Feb 11, 2026 12:00:01 PM~1770811201000",
                "02-11 09:00:01.500~1770800401500",
                "09:00:01~1770800401000",
            })
    void readsTheUsualTimestamps(String text, long millis) {
        Timestamp timestamp = new Timestamp();
        byte[] b = Corpus.bytes(text + " x");

        int end = timestamp.find(b, 0, b.length);

        assertEquals(text.length(), end);
        assertEquals(millis, timestamp.millis(1770807600000L));
    }

    @Test
    void takesTheYearNearestToTheArrival() {
        Timestamp timestamp = new Timestamp();
        byte[] b = Corpus.bytes("Dec 31 23:59:59 ");
        timestamp.find(b, 0, b.length);
        long newYear = 1767225600000L;

        assertEquals(newYear - 1000, timestamp.millis(newYear + 5000));
    }
}
