package dev.weir.cli.tail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A tool that follows something and writes its lines to standard output. */
final class ToolFeed implements Feed {
    private static final int LONGEST = 1 << 20;

    private final Preset preset;
    private final String name;
    private volatile @Nullable Process process;

    ToolFeed(Preset preset, String name) {
        this.preset = preset;
        this.name = name;
    }

    @Override
    public void follow(String since, Taker taker) throws IOException, InterruptedException {
        Process running = new ProcessBuilder(preset.command(name, since))
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(Redirect.INHERIT)
                .start();
        process = running;
        try (InputStream in = new BufferedInputStream(running.getInputStream(), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b; (b = in.read()) >= 0; ) {
                if (b != '\n') {
                    line.write(b);
                }
                if (b == '\n' || line.size() >= LONGEST) {
                    take(line, taker);
                }
            }
            if (line.size() > 0) {
                take(line, taker);
            }
        } finally {
            running.destroy();
        }
    }

    private void take(ByteArrayOutputStream line, Taker taker) throws IOException, InterruptedException {
        Stamp stamp = Stamp.of(line.toByteArray(), preset.json());
        line.reset();
        taker.take("", stamp.text(), stamp.line());
    }

    @Override
    public void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
        }
    }
}
