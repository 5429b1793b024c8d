package dev.weir.cli;

import java.util.List;
import java.util.Map;

/** The weir command's main. */
public final class Weir {
    private Weir() {}

    public static void main(String[] words) {
        // vfork starts a child in a millisecond; the default first starts a helper program that starts it. Newer Javas
        // write a warning about it on standard error, which is the child's.
        if (Runtime.version().feature() < 21) {
            System.setProperty("jdk.lang.Process.launchMechanism", "VFORK");
        }
        // Kafka's client logs through SLF4J; without a backend that is silence, and its notice about that is not for
        // users.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        List<String> all = List.of(words);
        Map<String, String> environment = System.getenv();
        int code = !all.isEmpty() && all.get(0).equals("run")
                ? new RunCommand(environment).execute(all.subList(1, all.size()))
                : Commands.execute(environment, all);
        System.out.flush();
        System.exit(code);
    }
}
