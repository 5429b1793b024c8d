package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.util.Map;

/** The last events of a run, each once: templates in the order in which they came, then where the run stands. */
record EventTail(NodeApi api, String run, int most, boolean json) {
    private static final int MOST = 10_000;

    EventTail {
        if (most < 1 || most > MOST) {
            throw new UsageException("--tail is " + most + ": use a number from 1 to " + MOST);
        }
    }

    int print() {
        String[] event = {""};
        Http.Answer answer = api.lines("/v1/runs/" + run + "/events", Map.of("tail", Integer.toString(most)), line -> {
            if (line.startsWith("event: ")) {
                event[0] = line.substring(7);
            } else if (line.startsWith("data: ")) {
                show(event[0], line.substring(6));
            }
            return true;
        });
        if (!answer.ok()) {
            throw NodeApi.refusal(answer);
        }
        return 0;
    }

    private void show(String event, String data) {
        if (json) {
            System.out.println("{\"event\":" + Json.quoted(event) + ",\"data\":" + data + "}");
            return;
        }
        Json about = Json.parse(data);
        if (event.equals("template")) {
            String level = about.get("level").text();
            System.out.println(Printable.of(
                    about.get("lastSeen").text() + " #" + about.get("id").text() + " "
                            + (level.equals("NONE") ? "-" : level) + " x"
                            + about.get("count").text() + " "
                            + about.get("text").text()));
        } else if (event.equals("status")) {
            Json exit = about.get("run").get("exitCode");
            System.out.println(Printable.of(
                    "run " + run + ": " + about.get("run").get("status").text()
                            + (exit.isMissing() ? "" : ", exit " + exit.text()) + ", read "
                            + about.get("accounting").get("read").text()));
        } else {
            System.out.println(Printable.of(event + " " + about.get("kind").text() + " "
                    + about.get("text").text()));
        }
    }
}
