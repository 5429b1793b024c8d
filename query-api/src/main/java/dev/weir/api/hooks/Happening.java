package dev.weir.api.hooks;

import dev.weir.schemas.Hook;
import dev.weir.schemas.HookEvent;
import dev.weir.schemas.RunSignal;
import dev.weir.schemas.RunStatus;
import dev.weir.schemas.TemplateEvent;
import dev.weir.snapshot.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something that hooks are told of.
 *
 * @param mark what tells it from another of the same kind in the same run
 * @param detail what an event of its kind says beside the run
 */
record Happening(
        HookEvent event,
        String tenant,
        String run,
        @Nullable String job,
        Map<String, String> labels,
        long at,
        String mark,
        Consumer<JsonWriter> detail) {

    static Happening of(RunStatus run, HookEvent event) {
        long at = (run.getEndedAt() == null ? run.getLastActivity() : run.getEndedAt()).toEpochMilli();
        return new Happening(
                event,
                run.getTenant(),
                run.getRun(),
                run.getJob(),
                run.getLabels(),
                at,
                Long.toString(at),
                json -> describe(json, run));
    }

    static Happening of(RunStatus run, RunSignal signal) {
        long at = signal.getAt().toEpochMilli();
        return new Happening(
                HookEvent.STALL,
                run.getTenant(),
                run.getRun(),
                run.getJob(),
                run.getLabels(),
                at,
                Long.toString(at),
                json -> {
                    describe(json, run);
                    json.name("signal").object().field("kind", signal.getKind());
                    json.field("text", signal.getEvidence()).endObject();
                });
    }

    static Happening of(TemplateEvent template) {
        long at = template.getFirstSeen().toEpochMilli();
        return new Happening(
                HookEvent.NOVEL_ERROR,
                template.getTenant(),
                template.getRun(),
                template.getJob(),
                Map.of(),
                at,
                Integer.toString(template.getTemplate()),
                json -> {
                    json.name("run").object().field("id", template.getRun()).known("job", template.getJob());
                    json.endObject().name("template").object().field("id", template.getTemplate());
                    json.field("level", template.getLevel()).field("text", template.getText());
                    json.field("sample", text(template.getSample())).endObject();
                });
    }

    boolean concerns(Hook hook) {
        return hook.getTenant().equals(tenant)
                && hook.getDisabledAt() == null
                && (hook.getUrl() != null || !hook.getCommand().isEmpty())
                && hook.getEvents().contains(event)
                && (hook.getJob() == null || hook.getJob().equals(job))
                && labels.entrySet().containsAll(hook.getLabels().entrySet());
    }

    String name() {
        return event.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Delivery to(Hook hook, Runnable settled) {
        String id = id(hook);
        JsonWriter json = new JsonWriter().object().field("id", id).field("event", name());
        json.field("hook", hook.getId()).time("at", at);
        detail.accept(json);
        return new Delivery(id, hook.getId(), name(), run, json.endObject().toBytes(), settled);
    }

    private String id(Hook hook) {
        String what = String.join("/", hook.getId(), tenant, run, event.name(), mark);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256", never);
        }
    }

    private static void describe(JsonWriter json, RunStatus run) {
        json.name("run").object().field("id", run.getRun());
        json.field("status", run.getStatus().name().toLowerCase(Locale.ROOT));
        json.known("job", run.getJob()).known("title", run.getTitle()).known("host", run.getHost());
        json.known("branch", run.getGitBranch())
                .known("exitCode", run.getExitCode())
                .known("signal", run.getSignal());
        json.name("labels").object();
        new TreeMap<>(run.getLabels()).forEach(json::field);
        json.endObject().endObject();
    }

    private static String text(ByteBuffer sample) {
        return StandardCharsets.UTF_8.decode(sample.duplicate()).toString();
    }
}
