package dev.weir.cli;

import dev.weir.cli.net.Http;
import dev.weir.cli.net.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A worker's side of the queue: takes wakes that are due, keeps them, says what came of them. */
final class Leases {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int GONE = 409;
    private static final int NOT_FOUND = 404;

    private final NodeApi api;
    private final String worker;
    private final Duration lease;
    private final String wanted;

    /** What a worker takes: of one run, of a job's, or with labels; all that is given must be so. */
    record Wanted(String run, String job, Map<String, String> labels) {
        String json() {
            StringBuilder json = new StringBuilder();
            if (!run.isEmpty()) {
                json.append(",\"run\":").append(Json.quoted(run));
            }
            if (!job.isEmpty()) {
                json.append(",\"job\":").append(Json.quoted(job));
            }
            if (!labels.isEmpty()) {
                StringBuilder pairs = new StringBuilder();
                labels.forEach((name, value) -> pairs.append(pairs.length() == 0 ? "" : ",")
                        .append(Json.quoted(name))
                        .append(':')
                        .append(Json.quoted(value)));
                json.append(",\"labels\":{").append(pairs).append('}');
            }
            return json.toString();
        }
    }

    Leases(NodeApi api, String worker, Duration lease, Wanted wanted) {
        this.api = api;
        this.worker = worker;
        this.lease = lease;
        this.wanted = wanted.json();
    }

    Duration length() {
        return lease;
    }

    /** A wake that is now this worker's, or none within the time. */
    Optional<Json> take(Duration wait) {
        Http.Answer answer = api.send(
                "POST",
                "/v1/wakes/lease",
                "{\"worker\":" + Json.quoted(worker) + ",\"leaseFor\":\"" + lease.toMillis() + "ms\",\"wait\":\""
                        + wait.toMillis() + "ms\"" + wanted + "}",
                wait.plus(PATIENCE));
        if (answer.status() == 204 || answer.ok() && answer.body().isBlank()) {
            return Optional.empty();
        }
        if (answer.ok()) {
            return Optional.of(Json.parse(answer.body()));
        }
        if (answer.status() >= 502 || answer.status() == 429) {
            throw new NodeApi.Unreachable(NodeApi.explained(answer));
        }
        throw new NodeApi.Refused(NodeApi.explained(answer));
    }

    /** What came of an order about a wake. */
    enum Order {
        TAKEN,
        /** The server is away, or does not say. */
        UNHEARD,
        /** Another worker may have the wake by now. */
        LOST
    }

    Order renew(Json wake) {
        return order(wake, "renew", ",\"leaseFor\":\"" + lease.toMillis() + "ms\"");
    }

    Order done(Json wake, int exitCode, String detail, Duration retryIn) {
        boolean succeeded = exitCode == 0;
        return order(
                wake,
                "done",
                ",\"succeeded\":" + succeeded + ",\"exitCode\":" + exitCode + ",\"detail\":" + Json.quoted(detail)
                        + (succeeded ? "" : ",\"retryIn\":\"" + retryIn.toMillis() + "ms\""));
    }

    private Order order(Json wake, String what, String more) {
        try {
            Http.Answer answer = api.send(
                    "POST",
                    "/v1/wakes/" + wake.get("id").text() + "/" + what,
                    "{\"run\":" + Json.quoted(wake.get("run").text()) + ",\"fence\":"
                            + wake.get("fence").text() + more + "}",
                    PATIENCE);
            if (answer.ok() && !answer.body().isBlank()) {
                return Order.TAKEN;
            }
            return answer.status() == GONE || answer.status() == NOT_FOUND ? Order.LOST : Order.UNHEARD;
        } catch (NodeApi.Unreachable away) {
            return Order.UNHEARD;
        }
    }
}
