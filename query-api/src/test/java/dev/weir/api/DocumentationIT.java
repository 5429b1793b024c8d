package dev.weir.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.api.http.Route;
import dev.weir.embedded.Await;
import dev.weir.embedded.KafkaUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DocumentationIT {
    private static final Pattern NAME = Pattern.compile("name: ([a-z]+), in: query");

    @RegisterExtension
    static final KafkaUnderTest kafka = KafkaUnderTest.embedded();

    @TempDir
    Path state;

    @Test
    void everyExampleWorksAndEveryRouteIsDescribed() throws Exception {
        try (RunningServer weir = new RunningServer(kafka, state, Map.of()).ready()) {
            assertEquals(described(weir.get("/openapi.yaml").body()), served(weir));
            for (String example : examples()) {
                run(example, weir);
                if (example.contains("/end")) {
                    weir.counted("nightly-1", 3);
                    Await.until(
                            "it is over",
                            () -> weir.get("/v1/runs/nightly-1").body().contains("\"failed\""));
                }
            }
        }
    }

    /** As a reader would: in a shell. */
    private static void run(String example, RunningServer weir) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", example).redirectErrorStream(true);
        shell.environment().put("WEIR", weir.uri("").toString());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), example + "\n" + printed);
        assertFalse(printed.isBlank() || printed.contains("urn:weir:problem"), example + "\n" + printed);
    }

    private static List<String> examples() throws Exception {
        List<String> examples = new ArrayList<>();
        Matcher blocks =
                Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/api.md")));
        while (blocks.find()) {
            blocks.group(1).lines().forEach(examples::add);
        }
        assertTrue(examples.size() > 10, examples.toString());
        return examples;
    }

    private static TreeSet<String> served(RunningServer weir) {
        TreeSet<String> served = new TreeSet<>();
        for (Route route : weir.server.routes()) {
            served.add(route.method().name().toLowerCase(java.util.Locale.ROOT) + " " + route.path() + " "
                    + route.scope().name().toLowerCase(java.util.Locale.ROOT) + " "
                    + new TreeSet<>(route.parameters()));
        }
        weir.server
                .live()
                .forEach(route -> served.add("get " + route.path() + " "
                        + route.scope().name().toLowerCase(java.util.Locale.ROOT) + " "
                        + new TreeSet<>(route.parameters())));
        return served;
    }

    private static TreeSet<String> described(String page) {
        TreeSet<String> described = new TreeSet<>();
        String path = "";
        String method = "";
        String scope = "";
        TreeSet<String> parameters = new TreeSet<>();
        for (String line : (page.substring(page.indexOf("\npaths:")) + "\n  /end:\n")
                .lines()
                .toList()) {
            boolean nextPath = line.matches("  /[^ ]*:");
            boolean nextMethod = line.matches("    (get|post|delete):");
            if ((nextPath || nextMethod) && !method.isEmpty()) {
                described.add(method + " " + path + " " + scope + " " + parameters);
                parameters = new TreeSet<>();
                method = "";
            }
            if (nextPath) {
                path = line.strip().replaceFirst(":$", "");
            } else if (nextMethod) {
                method = line.strip().replace(":", "");
            } else if (line.contains("x-weir-scope:")) {
                scope = line.substring(line.indexOf(':') + 2);
            }
            Matcher name = NAME.matcher(line);
            if (name.find()) {
                parameters.add(name.group(1));
            }
        }
        return described;
    }
}
