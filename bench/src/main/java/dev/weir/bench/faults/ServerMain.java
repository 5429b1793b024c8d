package dev.weir.bench.faults;

import dev.weir.schemas.Topics;
import dev.weir.schemas.ValueSerdes;
import dev.weir.settings.Settings;
import dev.weir.topology.Extent;
import dev.weir.topology.RunView;
import dev.weir.topology.TopologySettings;
import dev.weir.topology.WeirStreams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The topology in a process of its own, to be killed. Answers on standard output what it is asked on standard input, and
 * ends when that ends.
 */
final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        Settings settings = new Settings(System.getenv());
        TopologySettings topology = TopologySettings.read(
                settings, Path.of(arguments[2]), "127.0.0.1", Integer.parseInt(arguments[3]), kafka);
        settings.check();
        try (WeirStreams weir = WeirStreams.start(topology, Topics.withPrefix("weir"), ValueSerdes.own(kafka));
                BufferedReader questions =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String run = questions.readLine(); run != null; run = questions.readLine()) {
                System.out.println(answer(weir, run));
            }
        }
        System.exit(0);
    }

    /** One line: what the run is, then for each of its templates the text and how many lines. */
    private static String answer(WeirStreams weir, String run) {
        try {
            return weir.reader()
                    .run("default", run, Extent.all(0).withoutSlots())
                    .fold(
                            ServerMain::found,
                            () -> "absent",
                            elsewhere -> "elsewhere",
                            restoring -> "restoring " + restoring.percent());
        } catch (RuntimeException failed) {
            return "failed " + failed.toString().replace('\n', ' ');
        }
    }

    private static String found(RunView run) {
        StringBuilder line = new StringBuilder("found");
        long sum = 0;
        for (RunView.Template template : run.templates()) {
            sum += template.count();
            line.append('\t').append(Oracle.alike(template.text())).append('\t').append(template.count());
        }
        boolean addsUp = run.accounting().addsUp() && sum == run.accounting().counted();
        return line.append("\t=\t")
                .append(run.accounting().read())
                .append('\t')
                .append(run.accounting().counted())
                .append('\t')
                .append(run.accounting().duplicates())
                .append('\t')
                .append(addsUp)
                .toString();
    }
}
