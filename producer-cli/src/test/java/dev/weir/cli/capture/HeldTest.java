package dev.weir.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeldTest {
    // Side by side on more threads than cores: one in a hundred then met a holder that ended while its pipe was handed
    // over.
    private static final int COMMANDS = 800;
    private static final int THREADS = 6;

    @TempDir
    Path folder;

    @Test
    void hearsACommandThatEndsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (Future<Void> command : threads.invokeAll(Collections.nCopies(COMMANDS, this::hearOne))) {
                command.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Void hearOne() throws IOException, InterruptedException {
        Path raw = Files.createTempFile(folder, "one", ".raw");
        Held held = Held.open(raw);
        new ProcessBuilder("echo", "line")
                .redirectOutput(held.entrance())
                .start()
                .waitFor();
        held.release();

        assertEquals("line\n", all(held));
        assertEquals("line\n", Files.readString(raw));
        held.close();
        return null;
    }

    private static String all(Held held) throws IOException {
        byte[] buffer = new byte[64];
        StringBuilder heard = new StringBuilder();
        for (int read; (read = held.read(buffer)) >= 0; ) {
            heard.append(new String(buffer, 0, read, UTF_8));
        }
        return heard.toString();
    }
}
