package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.cli.capture.Bell;
import dev.weir.cli.capture.Stream;
import dev.weir.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TailerTest {
    @TempDir
    Path folder;

    @Test
    void followsNoMoreFilesOfAPatternThanMayBeOpen() throws Exception {
        List<Stream> opened = new CopyOnWriteArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Tailer tailer = new Tailer(new Bell(), System::currentTimeMillis, out, opened::add, 2);
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".log"), "one\n");
        }
        tailer.addGlob(folder, "*.log");
        assertTrue(tailer.hasRoom());
        Thread thread = new Thread(tailer, "tail");
        thread.start();

        Await.until("two are read", () -> out.toString(UTF_8).equals("one\none\n"));
        for (String name : List.of("a", "b", "c")) {
            Files.writeString(folder.resolve(name + ".log"), "two\n", StandardOpenOption.APPEND);
        }
        Await.until("two are read on", () -> out.toString(UTF_8).equals("one\none\ntwo\ntwo\n"));
        assertFalse(tailer.hasRoom());
        tailer.stop();
        thread.join();

        assertEquals(2, opened.size());
    }

    @Test
    void asksTheSystemHowManyFilesMayBeOpen() {
        String limits = "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max processes             unlimited            unlimited            processes\n"
                + "Max open files            %s                 1048576              files\n";

        assertEquals(1_024 - 256, OpenFiles.most(limits.replace("%s", "1024")));
        assertEquals(4_096, OpenFiles.most(limits.replace("%s", "1048576")));
        assertEquals(4_096, OpenFiles.most(limits.replace("%s", "unlimited")));
        assertEquals(16, OpenFiles.most(limits.replace("%s", "64")));
    }
}
