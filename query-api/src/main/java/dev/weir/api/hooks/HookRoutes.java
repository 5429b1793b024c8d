package dev.weir.api.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.schemas.Hook;
import dev.weir.schemas.HookEvent;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The routes by which hooks are made, listed with their deliveries, and taken away. */
public final class HookRoutes {
    private static final Set<String> FIELDS =
            Set.of("name", "url", "job", "labels", "events", "secret", "allowPrivate");
    private static final int LONGEST_URL = 2_048;
    private static final int LEAST_SECRET = 16;
    private static final int MOST_HOOKS = 100;

    private final Hooks hooks;
    private final Function<Call, List<JsonNode>> peers;
    private final Streams streams;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param peers the other servers' answers to the same list, for their deliveries */
    public HookRoutes(Hooks hooks, Function<Call, List<JsonNode>> peers, Streams streams, Clock clock) {
        this.hooks = hooks;
        this.peers = peers;
        this.streams = streams;
        this.clock = clock;
    }

    public List<Route> all() {
        return List.of(
                Route.get("/v1/hooks", Scope.ADMIN, List.of(), this::list),
                Route.post("/v1/hooks", Scope.ADMIN, List.of(), this::create),
                Route.delete("/v1/hooks/{id}", Scope.ADMIN, List.of(), this::remove));
    }

    private void list(Call call) {
        List<JsonNode> others = peers.apply(call);
        JsonWriter json = new JsonWriter().object().name("hooks").array();
        hooks.of(call.tenant()).stream()
                .sorted(Comparator.comparing(Hook::getCreatedAt).thenComparing(Hook::getId))
                .forEach(hook -> {
                    describe(json.object(), hook);
                    json.name("deliveries").array();
                    hooks.deliveries(hook.getId()).forEach(outcome -> write(json, outcome));
                    elsewhere(others, hook.getId()).forEach(json::json);
                    json.endArray().endObject();
                });
        call.json(json.endArray().endObject());
    }

    private static List<byte[]> elsewhere(List<JsonNode> others, String hook) {
        List<byte[]> deliveries = new ArrayList<>();
        for (JsonNode answer : others) {
            for (JsonNode one : answer.path("hooks")) {
                if (one.path("id").asText().equals(hook)) {
                    one.path("deliveries")
                            .forEach(delivery ->
                                    deliveries.add(delivery.toString().getBytes(StandardCharsets.UTF_8)));
                }
            }
        }
        return deliveries;
    }

    private void create(Call call) throws IOException {
        JsonNode body = JsonBody.object(call, FIELDS);
        if (hooks.of(call.tenant()).size() >= MOST_HOOKS) {
            throw new Problem(409, "too-many-hooks", "There are " + MOST_HOOKS + " hooks: take some away first");
        }
        List<HookEvent> events = events(body);
        if (events.contains(HookEvent.NOVEL_ERROR)
                && !JsonBody.map(body, "labels").isEmpty()) {
            throw new Problem(
                    400, "bad-parameter", "labels do not go with novel-error, which knows a run's job only: use job");
        }
        boolean allowPrivate = body.path("allowPrivate").asBoolean(false);
        if (allowPrivate && !hooks.privateAllowed()) {
            throw new Problem(
                    403,
                    "private-not-allowed",
                    "allowPrivate is true, and this server calls no private address: set WEIR_HOOKS_PRIVATE=true there");
        }
        byte[] id = new byte[8];
        random.nextBytes(id);
        byte[] secret = secret(body);
        Hook hook = Hook.newBuilder()
                .setId("hook-" + HexFormat.of().formatHex(id))
                .setTenant(call.tenant())
                .setName(JsonBody.text(body, "name").orElse(""))
                .setJob(JsonBody.text(body, "job").orElse(null))
                .setLabels(JsonBody.map(body, "labels"))
                .setEvents(events)
                .setUrl(url(JsonBody.text(body, "url").orElse("")).toString())
                .setSecret(ByteBuffer.wrap(secret))
                .setAllowPrivate(allowPrivate)
                .setCreatedAt(clock.instant())
                .setCreatedBy(
                        call.caller().key().equals("-") ? null : call.caller().key())
                .build();
        streams.answer(call, () -> {
            hooks.store(hook);
            call.status(201);
            JsonWriter json = new JsonWriter().object();
            describe(json, hook);
            json.field("secret", new String(secret, StandardCharsets.UTF_8));
            call.json(json.field("note", "shown once: it signs what is posted").endObject());
        });
    }

    private byte[] secret(JsonNode body) {
        String given = JsonBody.text(body, "secret").orElseGet(() -> {
            byte[] made = new byte[32];
            random.nextBytes(made);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(made);
        });
        if (given.length() < LEAST_SECRET) {
            throw new Problem(
                    400, "bad-parameter", "secret is shorter than " + LEAST_SECRET + " characters: use more, or none");
        }
        return given.getBytes(StandardCharsets.UTF_8);
    }

    private static URI url(String given) {
        String whatToDo = "use http:// or https://, a host, and no user or password";
        try {
            URI url = URI.create(given);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null && given.length() <= LONGEST_URL) {
                return url;
            }
        } catch (IllegalArgumentException unreadable) {
            throw Problem.badParameter("url", given, whatToDo);
        }
        throw Problem.badParameter("url", given, whatToDo);
    }

    private static List<HookEvent> events(JsonNode body) {
        List<HookEvent> events = new ArrayList<>();
        for (String given : JsonBody.texts(body, "events")) {
            try {
                events.add(HookEvent.valueOf(given.toUpperCase(Locale.ROOT).replace('-', '_')));
            } catch (IllegalArgumentException unknown) {
                throw Problem.badParameter("events", given, KNOWN);
            }
        }
        if (events.isEmpty() || events.contains(HookEvent.UNKNOWN)) {
            throw Problem.badParameter("events", "", KNOWN);
        }
        return events;
    }

    private static final String KNOWN = "use some of novel-error, failed, stall, completed, lost";

    private void remove(Call call) {
        Hook hook = hooks.of(call.tenant()).stream()
                .filter(one -> one.getId().equals(call.path("id")))
                .findFirst()
                .orElseThrow(() -> new Problem(404, "hook-not-found", "No such hook: see GET /v1/hooks"));
        hooks.remove(hook.getId());
        call.nothing();
    }

    private static void describe(JsonWriter json, Hook hook) {
        json.field("id", hook.getId()).field("name", hook.getName()).known("url", hook.getUrl());
        json.known("job", hook.getJob());
        json.name("labels").object();
        new TreeMap<>(hook.getLabels()).forEach(json::field);
        json.endObject();
        json.strings(
                "events",
                hook.getEvents().stream()
                        .map(event -> event.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList());
        json.field("allowPrivate", hook.getAllowPrivate());
        json.time("createdAt", hook.getCreatedAt().toEpochMilli()).known("createdBy", hook.getCreatedBy());
    }

    private static void write(JsonWriter json, Delivery.Outcome outcome) {
        json.object().field("id", outcome.id()).field("event", outcome.event());
        json.field("run", outcome.run()).field("state", outcome.state());
        json.field("attempts", outcome.attempts());
        json.time("at", outcome.at().toEpochMilli());
        json.known("status", outcome.status()).known("error", outcome.error());
        json.endObject();
    }
}
