package dev.weir.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.embedded.Await;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeldTest {
    @TempDir
    Path folder;

    /** Java empties the pipes of a process that ends into buffers of its own: what weir has yet to read must not be in them. */
    @Test
    void hearsWhatWasWrittenThoughTheHolderHasEndedBeforeAnybodyRead() throws Exception {
        Path raw = folder.resolve("stdout.raw");
        Held held = Held.open(folder, "stdout");
        ProcessHandle holder = ProcessHandle.of(held.pid()).orElseThrow();
        CompletableFuture<ProcessHandle> reaped = holder.onExit();
        new ProcessBuilder("echo", "line")
                .redirectOutput(held.entrance())
                .start()
                .waitFor();
        Await.until("the holder has passed the line on", () -> Files.size(raw) > 0);

        holder.destroyForcibly();
        reaped.get();
        held.release();

        ByteBuffer buffer = ByteBuffer.allocate(64);
        held.read(buffer);
        assertEquals("line\n", new String(buffer.array(), 0, buffer.position(), UTF_8));
        held.close();
    }
}
