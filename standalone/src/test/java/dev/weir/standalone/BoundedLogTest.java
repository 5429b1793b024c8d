package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedLogTest {
    @TempDir
    Path folder;

    @Test
    void keepsTheNewestInTwoFilesOfTheSizeGiven() throws IOException {
        try (BoundedLog log = new BoundedLog(folder.resolve("node.log"), 100)) {
            for (int i = 0; i < 50; i++) {
                log.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        assertTrue(Files.size(folder.resolve("node.log")) <= 100);
        assertTrue(Files.size(folder.resolve("node.log.1")) <= 100);
        assertTrue(Files.readString(folder.resolve("node.log")).endsWith("line 49\n"));
    }

    @Test
    void goesOnWhereTheLastOneEnded() throws IOException {
        Files.writeString(folder.resolve("node.log"), "before\n");

        try (BoundedLog log = new BoundedLog(folder.resolve("node.log"), 100)) {
            log.write("after\n".getBytes(StandardCharsets.UTF_8));
        }

        assertEquals("before\nafter\n", Files.readString(folder.resolve("node.log")));
    }
}
