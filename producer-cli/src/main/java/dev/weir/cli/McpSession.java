package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.mcp.Roots;
import dev.weir.mcp.RunWords;
import dev.weir.mcp.ServedRuns;
import dev.weir.mcp.Session;
import dev.weir.mcp.Starter;
import dev.weir.mcp.StdioServer;
import dev.weir.mcp.Tools;
import dev.weir.mcp.WeirApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools for agents with this user's node, key, directory and runs. */
final class McpSession {
    /** What the user allowed. */
    record Choice(boolean wake, boolean run, List<Path> roots, boolean fullText) {}

    private McpSession() {}

    static void serve(Map<String, String> environment, Choice choice, InputStream in, OutputStream out)
            throws InterruptedException {
        WeirApi api = new Node(new NodeApi(Configuration.connection(environment, null)));
        Tools tools = new Tools(
                new Roots(choice.roots().stream().map(Path::toAbsolutePath).toList()),
                choice.wake(),
                choice.run() ? Optional.of(new Launched(environment)) : Optional.empty(),
                choice.fullText() ? Tools.Text.FULL : Tools.Text.SHORT);
        RunWords words = new Words(
                new RunChoice(new NodeApi(Configuration.connection(environment, null)), StateFolder.of(environment)),
                new ServedRuns(api));
        StdioServer.serve(tools, new Session(api, words), Commands.version(), in, out);
    }

    /** The node as the commands reach it. */
    private record Node(NodeApi node) implements WeirApi {
        @Override
        public Answer get(String path, Duration patience) {
            return answer(() -> node.get(path, Map.of(), patience));
        }

        @Override
        public Answer post(String path, String body, Duration patience) {
            return answer(() -> node.send("POST", path, body, patience));
        }

        private static Answer answer(java.util.function.Supplier<Http.Answer> question) {
            try {
                Http.Answer answer = question.get();
                return new Answer(answer.status(), answer.body());
            } catch (NodeApi.Unreachable away) {
                throw new Away(String.valueOf(away.getMessage()));
            }
        }
    }

    /** As on the command line; an agent in a directory without runs gets the one that was active last. */
    private record Words(RunChoice here, ServedRuns served) implements RunWords {
        @Override
        public String idOf(String word) throws InterruptedException {
            try {
                return here.of(word);
            } catch (UsageException | NodeApi.Refused | IOException notHere) {
                // The same word asked of the server; if there is none there either, it is said in the words of the
                // tools.
                return served.idOf(word);
            } catch (NodeApi.Unreachable away) {
                throw new WeirApi.Away(String.valueOf(away.getMessage()));
            }
        }
    }

    /** Commands as {@code weir run} starts them. */
    private record Launched(Map<String, String> environment) implements Starter {
        @Override
        public String start(Start start) throws IOException {
            Path launcher = NodeStart.launcher();
            if (launcher == null) {
                throw new IOException("no launcher is known that could start it");
            }
            String run = RunId.at(System.currentTimeMillis());
            List<String> words = new java.util.ArrayList<>(
                    List.of(launcher.toString(), "run", "-q", "--run-id", run, "--provider", "agent"));
            start.job().ifPresent(job -> words.addAll(List.of("--job", job)));
            start.title().ifPresent(title -> words.addAll(List.of("--title", title)));
            words.add("--");
            words.addAll(start.command());
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(start.directory().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            builder.start();
            return run;
        }
    }
}
