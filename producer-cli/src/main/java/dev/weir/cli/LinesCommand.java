package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir lines}: the raw lines, from the topic. */
@Command(name = "lines", description = "The raw lines of a run, also long after it, as far as the topic holds them.")
final class LinesCommand extends ReadCommand {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with what comes, until the run ends.")
    private boolean follow;

    @Option(names = "-n", paramLabel = "N", description = "Begins with the last N lines.")
    private @Nullable Integer last;

    @Option(names = "--grep", paramLabel = "RE", description = "Only lines that match this RE2 pattern.")
    private @Nullable String grep;

    @Option(names = "--stream", paramLabel = "S", description = "Only this stream, such as stderr.")
    private @Nullable String stream;

    @Option(names = "--around", paramLabel = "POSITION", description = "The lines around a position, such as 1234.5.")
    private @Nullable String around;

    LinesCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        Map<String, String> parameters = new LinkedHashMap<>();
        if (around != null) {
            parameters.put("around", around);
            if (last != null) {
                parameters.put("n", last.toString());
            }
        } else if (last != null) {
            parameters.put("tail", last.toString());
        }
        if (grep != null) {
            parameters.put("q", "/" + grep + "/");
        }
        if (stream != null) {
            parameters.put("stream", stream);
        }
        if (follow) {
            parameters.put("follow", "true");
        }
        String chosen = choice(api).of(run);
        boolean terminal = Notice.isTerminal(1);
        OutputStream out = new BufferedOutputStream(System.out, 1 << 16);
        try {
            Http.Answer answer = api.lines("/v1/runs/" + chosen + "/lines", parameters, line -> {
                if (json()) {
                    out.write((line + "\n").getBytes(UTF_8));
                } else {
                    write(out, Json.parse(line), terminal);
                }
                if (follow || terminal) {
                    out.flush();
                }
                return true;
            });
            if (!answer.ok()) {
                throw NodeApi.refusal(answer);
            }
        } finally {
            out.flush();
        }
        return 0;
    }

    /** Into a pipe the bytes as they were; onto a terminal with control codes made visible. */
    private static void write(OutputStream out, Json line, boolean terminal) throws IOException {
        if (!line.get("marker").isMissing()) {
            System.err.println("weir: " + line.get("marker").text() + " (" + shown(line.get("reason")) + "), "
                    + line.get("count").text() + " lines");
            return;
        }
        String encoded = line.get("bytes").text();
        byte[] bytes = encoded.isEmpty()
                ? (terminal ? shown(line.get("text")) : line.get("text").text()).getBytes(UTF_8)
                : terminal
                        ? shown(line.get("text")).getBytes(UTF_8)
                        : Base64.getDecoder().decode(encoded);
        out.write(bytes);
        if (!"false".equals(line.get("newline").text())) {
            out.write('\n');
        }
    }
}
