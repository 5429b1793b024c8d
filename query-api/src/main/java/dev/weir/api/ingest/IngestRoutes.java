package dev.weir.api.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Body;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunKey;
import dev.weir.schemas.RunRecord;
import dev.weir.schemas.RunStarted;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The routes that bring runs and lines. They answer when Kafka has acknowledged. */
public final class IngestRoutes {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Set<String> START_FIELDS = Set.of(
            "run",
            "job",
            "title",
            "provider",
            "command",
            "host",
            "user",
            "directory",
            "commit",
            "branch",
            "ciJob",
            "ciUrl",
            "labels",
            "format");
    private static final Set<String> END_FIELDS = Set.of("exitCode", "signal", "reason");

    private final Publisher publisher;
    private final Numbering numbering;
    private final Clock clock;
    private final long mostBytes;
    private final SecureRandom random = new SecureRandom();

    public IngestRoutes(Publisher publisher, Clock clock, long mostBytes) {
        this.publisher = publisher;
        this.clock = clock;
        this.mostBytes = mostBytes;
        byte[] instance = new byte[6];
        random.nextBytes(instance);
        this.numbering = new Numbering(HexFormat.of().formatHex(instance));
    }

    public List<Route> all() {
        return List.of(
                Route.post("/v1/runs", Scope.INGEST, List.of(), this::begin),
                Route.post(
                        "/v1/runs/{run}/lines", Scope.INGEST, List.of("source", "epoch", "seq", "stream"), this::lines),
                Route.post("/v1/runs/{run}/end", Scope.INGEST, List.of(), this::end));
    }

    private void begin(Call call) throws IOException, InterruptedException {
        JsonNode body = JsonBody.object(call, START_FIELDS);
        Instant now = clock.instant();
        String run = JsonBody.text(body, "run").orElseGet(() -> name(call, now));
        if (!Call.isRunId(run)) {
            throw Problem.badParameter(
                    "run", run, "use a letter or digit, then up to 127 letters, digits, dots, dashes, underscores");
        }
        RunStarted started = RunStarted.newBuilder()
                .setStartedAt(now)
                .setEpoch(now.toEpochMilli())
                .setCommand(JsonBody.texts(body, "command"))
                .setTitle(JsonBody.text(body, "title").orElse(null))
                .setJob(JsonBody.text(body, "job").orElse(null))
                .setProvider(JsonBody.text(body, "provider").orElse("http"))
                .setHost(JsonBody.text(body, "host").orElse(null))
                .setUser(JsonBody.text(body, "user").orElse(null))
                .setDirectory(JsonBody.text(body, "directory").orElse(null))
                .setGitCommit(JsonBody.text(body, "commit").orElse(null))
                .setGitBranch(JsonBody.text(body, "branch").orElse(null))
                .setCiJob(JsonBody.text(body, "ciJob").orElse(null))
                .setCiUrl(JsonBody.text(body, "ciUrl").orElse(null))
                .setLabels(JsonBody.map(body, "labels"))
                .setFormat(JsonBody.text(body, "format").orElse("auto"))
                .build();
        RunKey key = new RunKey(call.tenant(), run);
        Publisher.await(key, List.of(publisher.send(key, new RunRecord(started))));
        call.status(201);
        call.context().header("Location", "/v1/runs/" + run);
        call.json(new JsonWriter().object().field("run", run).endObject());
    }

    /** The same Idempotency-Key names the same run. */
    private String name(Call call, Instant now) {
        String key = call.header("Idempotency-Key");
        if (key != null && !key.isBlank()) {
            return "run-" + Numbering.digest(call.tenant() + "/" + key);
        }
        byte[] tail = new byte[4];
        random.nextBytes(tail);
        return STAMP.format(now) + "-" + HexFormat.of().formatHex(tail);
    }

    private void lines(Call call) throws IOException, InterruptedException {
        RunKey run = new RunKey(call.tenant(), call.run());
        if (RecordBody.MEDIA_TYPE.equalsIgnoreCase(call.header("Content-Type"))) {
            records(call, run);
            return;
        }
        Optional<Numbering.Place> own = numbering.own(call);
        Publisher.Turn turn = publisher.turn();
        try (turn;
                InputStream body = Body.of(call, mostBytes)) {
            if (own.isPresent()) {
                Shipment shipment = ship(call, run, own.get(), body);
                answer(call, run, own.get(), shipment);
                return;
            }
            // Read before the lock is taken: a slow client must not hold up the run's others.
            byte[] whole = body.readAllBytes();
            Numbering.Open shared =
                    numbering.shared(run.toString(), call.text("stream").orElse(""));
            Numbering.Place place;
            Shipment shipment;
            synchronized (shared) {
                place = new Numbering.Place(shared.source, call.text("stream").orElse(""), 0, shared.next);
                shipment = ship(call, run, place, new java.io.ByteArrayInputStream(whole));
                shared.next = place.next;
            }
            answer(call, run, place, shipment);
        }
    }

    private void records(Call call, RunKey run) throws IOException, InterruptedException {
        Publisher.Turn turn = publisher.turn();
        try (turn;
                InputStream body = Body.of(call, mostBytes)) {
            var sent = RecordBody.publish(body, run, publisher);
            Publisher.await(run, sent);
            call.json(new JsonWriter()
                    .object()
                    .field("run", run.run())
                    .field("records", sent.size())
                    .endObject());
        }
    }

    private Shipment ship(Call call, RunKey run, Numbering.Place place, InputStream body) throws IOException {
        Shipment shipment = new Shipment(publisher, run, place, clock.millis());
        String type = Optional.ofNullable(call.header("Content-Type"))
                .orElse("text/plain")
                .toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-ndjson") || type.startsWith("application/json")) {
            List<Object[]> parsed = new ArrayList<>();
            // All of it is looked at before any of it is sent: half a request would be worse than none.
            LineBody.ndjson(body, (bytes, time, newline) -> parsed.add(new Object[] {bytes, time, newline}));
            for (Object[] line : parsed) {
                shipment.line((byte[]) line[0], (Long) line[1], (Boolean) line[2]);
            }
        } else if (type.startsWith("text/plain")
                || type.startsWith("application/octet-stream")
                || type.startsWith("application/x-www-form-urlencoded")) {
            LineBody.text(body, shipment);
        } else {
            throw new Problem(
                    415,
                    "unsupported-type",
                    "Content-Type is not one of lines: use text/plain or application/x-ndjson");
        }
        shipment.flush();
        return shipment;
    }

    private static void answer(Call call, RunKey run, Numbering.Place place, Shipment shipment)
            throws InterruptedException {
        Publisher.await(run, shipment.sent());
        JsonWriter json = new JsonWriter().object().field("run", run.run()).field("lines", shipment.lines());
        call.json(
                json.field("source", place.source).field("nextSeq", place.next).endObject());
    }

    private void end(Call call) throws IOException, InterruptedException {
        RunKey run = new RunKey(call.tenant(), call.run());
        JsonNode body = JsonBody.object(call, END_FIELDS);
        JsonNode code = body.get("exitCode");
        if (code != null && !code.isInt()) {
            throw Problem.badParameter("exitCode", code.toString(), "use a whole number");
        }
        Instant now = clock.instant();
        RunEnded ended = RunEnded.newBuilder()
                .setEndedAt(now)
                .setEpoch(now.toEpochMilli())
                .setReason(JsonBody.text(body, "reason").orElse(body.has("signal") ? "signal" : "exit"))
                .setExitCode(code == null ? null : Integer.valueOf(code.asInt()))
                .setSignal(JsonBody.text(body, "signal").orElse(null))
                .setSources(List.of())
                .build();
        Publisher.await(run, List.of(publisher.send(run, new RunRecord(ended))));
        call.json(new JsonWriter()
                .object()
                .field("run", run.run())
                .field("ended", true)
                .endObject());
    }
}
