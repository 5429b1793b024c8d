package dev.weir.api.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.api.http.Call;
import dev.weir.api.http.JsonBody;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.api.http.Streams;
import dev.weir.schemas.CommandSeal;
import dev.weir.schemas.Hook;
import dev.weir.schemas.HookEvent;
import dev.weir.snapshot.JsonWriter;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The routes by which hooks are made, listed with their deliveries, and taken away. */
public final class HookRoutes {
    private static final Set<String> FIELDS =
            Set.of("name", "url", "command", "job", "labels", "events", "secret", "allowPrivate");
    private static final int LONGEST_URL = 2_048;
    private static final int LEAST_SECRET = 16;
    private static final int MOST_HOOKS = 100;
    private static final int MOST_WORDS = 100;
    private static final int LONGEST_COMMAND = 8_192;

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
        List<String> command = command(call, body);
        boolean allowPrivate = allowPrivate(body);
        Optional<URI> url =
                command.isEmpty() ? Optional.of(url(JsonBody.text(body, "url").orElse(""))) : Optional.empty();
        byte[] made = new byte[8];
        random.nextBytes(made);
        String id = "hook-" + HexFormat.of().formatHex(made);
        Owner owner = hooks.owner();
        byte[] secret = command.isEmpty() ? secret(body) : new byte[0];
        Hook hook = Hook.newBuilder()
                .setId(id)
                .setTenant(call.tenant())
                .setName(JsonBody.text(body, "name").orElse(""))
                .setJob(JsonBody.text(body, "job").orElse(null))
                .setLabels(JsonBody.map(body, "labels"))
                .setEvents(events)
                .setUrl(url.map(URI::toString).orElse(null))
                .setCommand(command)
                .setSecret(
                        command.isEmpty()
                                ? ByteBuffer.wrap(secret)
                                : owner == null ? null : owner.seal(id, call.tenant(), command))
                .setAllowPrivate(allowPrivate)
                .setCreatedAt(clock.instant())
                .setCreatedBy(
                        call.caller().key().equals("-") ? null : call.caller().key())
                .build();
        streams.answer(call, () -> {
            if (url.isPresent() && !allowPrivate) {
                refusePrivate(url.get());
            }
            hooks.store(hook);
            call.status(201);
            JsonWriter json = new JsonWriter().object();
            describe(json, hook);
            if (command.isEmpty()) {
                json.field("secret", new String(secret, StandardCharsets.UTF_8));
                json.field("note", "shown once: it signs what is posted");
            }
            call.json(json.endObject());
        });
    }

    private boolean allowPrivate(JsonNode body) {
        boolean allowPrivate = body.path("allowPrivate").asBoolean(false);
        if (allowPrivate && !hooks.options().privateAllowed()) {
            throw new Problem(
                    403,
                    "private-not-allowed",
                    "allowPrivate is true, and this server calls no private address: set WEIR_HOOKS_PRIVATE=true there");
        }
        return allowPrivate;
    }

    /** Said at once, not at the first delivery. A name that nobody knows yet may be known by then. */
    private void refusePrivate(URI url) {
        try {
            if (Post.leadsInside(url)) {
                throw Problem.badParameter(
                        "url",
                        url.toString(),
                        "it leads to a private or loopback address: use a public one, or allowPrivate"
                                + (hooks.options().privateAllowed()
                                        ? ""
                                        : ", which this server permits only with WEIR_HOOKS_PRIVATE=true"));
            }
        } catch (UnknownHostException later) {
            return;
        }
    }

    /** The words of a command, if one is asked for and this caller may. */
    private List<String> command(Call call, JsonNode body) {
        if (!body.has("command")) {
            return List.of();
        }
        List<String> words = JsonBody.texts(body, "command");
        long length = words.stream().mapToLong(String::length).sum();
        if (words.isEmpty()
                || words.get(0).isBlank()
                || words.size() > MOST_WORDS
                || length > LONGEST_COMMAND
                || words.stream().anyMatch(word -> word.indexOf(0) >= 0)) {
            throw Problem.badParameter(
                    "command",
                    String.join(" ", words),
                    "use an array of a command and its arguments, " + MOST_WORDS + " words and " + LONGEST_COMMAND
                            + " characters at most");
        }
        if (body.has("url") || body.has("secret") || body.has("allowPrivate")) {
            throw new Problem(400, "bad-parameter", "command does not go with url, secret or allowPrivate: use one");
        }
        Owner owner = hooks.owner();
        boolean allowed = switch (hooks.options().commands()) {
            case ANYBODY -> true;
            case OWNER -> owner != null && owner.asks(call.header(CommandSeal.HEADER), words);
            case NOBODY -> false;
        };
        if (!allowed) {
            throw new Problem(
                    403,
                    "command-not-allowed",
                    "This server starts commands only for whoever runs it, on its own machine: use weir hook add --cmd"
                            + " there, with the same state folder, or set WEIR_HOOKS_COMMANDS=true for it");
        }
        return words;
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
                .orElseThrow(() -> new Problem(
                        404,
                        "hook-not-found",
                        "No hook '" + Problem.shown(call.path("id"))
                                + "': see GET /v1/hooks for those that there are"));
        hooks.remove(hook.getId());
        call.nothing();
    }

    private static void describe(JsonWriter json, Hook hook) {
        json.field("id", hook.getId()).field("name", hook.getName()).known("url", hook.getUrl());
        if (!hook.getCommand().isEmpty()) {
            json.strings("command", hook.getCommand());
        }
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
        Called called = outcome.called();
        json.known("status", called.status())
                .known("exitCode", called.exitCode())
                .known("error", called.error());
        json.endObject();
    }
}
