package dev.weir.cli.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Looks which containers run, and says which have come and which have been gone for long. */
final class Containers implements Runnable {
    private static final long LOOK_MILLIS = 1_000;

    /** A restart is not an end: whoever follows a container waits for its return. */
    private static final int LOOKS_UNTIL_GONE = 60;

    private final Path socket;
    private final Consumer<String> onCome;
    private final Consumer<String> onGone;
    private final Map<String, Integer> missed = new HashMap<>(); // by name: for how many looks it has not been there
    private String trouble = "";

    Containers(Path socket, Consumer<String> onCome, Consumer<String> onGone) {
        this.socket = socket;
        this.onCome = onCome;
        this.onGone = onGone;
    }

    @Override
    public void run() {
        try {
            while (true) {
                try {
                    look();
                    trouble = "";
                } catch (IOException | IllegalArgumentException away) {
                    say(String.valueOf(away.getMessage()));
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void say(String now) {
        if (!now.equals(trouble)) {
            trouble = now;
            System.err.println("weir: docker: " + now);
        }
    }

    void look() throws IOException {
        Set<String> there = running();
        for (String name : there) {
            if (missed.put(name, 0) == null) {
                onCome.accept(name);
            }
        }
        for (String name : Set.copyOf(missed.keySet())) {
            if (!there.contains(name) && missed.merge(name, 1, Integer::sum) > LOOKS_UNTIL_GONE) {
                missed.remove(name);
                onGone.accept(name);
            }
        }
    }

    private Set<String> running() throws IOException {
        try (UnixHttp list = UnixHttp.get(socket, "/containers/json")) {
            String body = new String(list.body().readAllBytes(), UTF_8);
            if (list.status() != 200) {
                throw new IOException("the Engine answered " + list.status() + " when asked for its containers");
            }
            Set<String> names = new HashSet<>();
            for (Json container : Json.parse(body).items()) {
                container.get("Names").items().stream()
                        .map(Json::text)
                        .filter(name -> name.lastIndexOf('/') == 0) // a name within another container is a link
                        .findFirst()
                        .ifPresent(name -> names.add(name.substring(1)));
            }
            return names;
        }
    }
}
