package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One run in one file: gzip of JSON lines, of which the first says what run it is, with its templates and accounting, and
 * each other is a line as {@code GET …/lines} gives it. {@code zcat} shows it.
 */
final class Portable {
    static final String MARK = "weirRun";
    private static final int VERSION = 1;

    private Portable() {}

    /** Takes the lines of a file, first to last. */
    interface Taker {
        void take(Json line) throws IOException, InterruptedException;
    }

    /** The file, half of which never stands under its name. */
    static long write(NodeApi api, String run, Path file) throws IOException {
        String state = api.body("/v1/runs/" + run, java.util.Map.of());
        String snapshot =
                api.body("/v1/runs/" + run + "/snapshot", java.util.Map.of("format", "json", "limit", "10000"));
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        long[] lines = {0};
        try {
            try (BufferedWriter out = new BufferedWriter(
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(unfinished), 1 << 16), UTF_8))) {
                out.write("{\"" + MARK + "\":" + VERSION + ",\"run\":" + state + ",\"snapshot\":" + snapshot + "}\n");
                var answer = api.lines("/v1/runs/" + run + "/lines", java.util.Map.of(), line -> {
                    out.write(line);
                    out.write('\n');
                    lines[0]++;
                    return true;
                });
                if (!answer.ok()) {
                    throw new NodeApi.Refused(NodeApi.explained(answer));
                }
            }
            Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return lines[0];
    }

    /** The first line, once it is known to be one of ours; then every other to the taker. */
    static Json read(Path file, Taker head, Taker taker) throws IOException, InterruptedException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file), 1 << 16), UTF_8), 1 << 16)) {
            Json first = parsed(file, in.readLine());
            if (first.get(MARK).number() != VERSION) {
                throw new UsageException(file + " is no run that weir export of this version wrote"
                        + (first.get(MARK).isMissing()
                                ? ""
                                : " (it is of version " + first.get(MARK).text() + ")"));
            }
            head.take(first);
            for (String line; (line = in.readLine()) != null; ) {
                taker.take(parsed(file, line));
            }
            return first;
        } catch (java.util.zip.ZipException | java.io.EOFException damaged) {
            throw new UsageException(file + " is damaged or no file of weir export"
                    + (damaged.getMessage() == null ? ": it ends too early" : ": " + damaged.getMessage()));
        }
    }

    private static Json parsed(Path file, @org.jspecify.annotations.Nullable String line) {
        try {
            return Json.parse(line == null ? "" : line);
        } catch (IllegalArgumentException notJson) {
            throw new UsageException(file + " is no file of weir export: " + notJson.getMessage());
        }
    }
}
