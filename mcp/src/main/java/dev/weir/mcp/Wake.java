package dev.weir.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code wake}: a message into a run's queue. Exists only where it was asked for; the key must have the wake scope. */
final class Wake implements Tool {
    @Override
    public Reply call(Session session, Arguments arguments, Progress progress) throws InterruptedException {
        String run = session.runs().idOf(arguments.text("run").orElse("@last"));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("message", arguments.text("message").orElse(""));
        put(body, "delay", arguments.text("delay"));
        put(body, "runAt", arguments.text("at"));
        put(body, "idempotencyKey", arguments.text("key"));
        put(body, "when", arguments.text("when"));
        Map<String, Object> wake =
                Untrusted.object(Query.of("/v1/runs/" + run + "/queue").post(session.api(), body));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", run);
        fields.put("wake", Json.string(wake, "id"));
        return new Reply(fields, "Queued in run " + run + ".");
    }

    private static void put(Map<String, Object> body, String name, Optional<String> value) {
        value.ifPresent(text -> body.put(name, text));
    }
}
