package dev.weir.api.hooks;

import dev.weir.schemas.Hook;
import dev.weir.snapshot.Visible;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Starts a hook's command as the server's own user: no shell, the event on standard input, an end to its time and to what is
 * kept of what it says. Only such commands as the server's owner asked for, or any where the server was told so.
 */
final class CommandCall {
    private static final int MOST_SAID = 200;
    /** What is the server's own business. */
    private static final List<String> SECRETS = List.of("WEIR_ADMIN_KEY", "WEIR_API_KEY");

    private final HookOptions.Commands allowed;
    private final @Nullable Owner owner;
    private final Duration limit;

    CommandCall(HookOptions.Commands allowed, @Nullable Owner owner, Duration limit) {
        this.allowed = allowed;
        this.owner = owner;
        this.limit = limit;
    }

    Called of(Hook hook, Delivery delivery) throws InterruptedException {
        if (allowed == HookOptions.Commands.NOBODY) {
            return Called.refused("This server starts no commands: WEIR_HOOKS_COMMANDS is false");
        }
        if (allowed == HookOptions.Commands.OWNER
                && (owner == null
                        || !owner.sealed(hook.getSecret(), hook.getId(), hook.getTenant(), hook.getCommand()))) {
            return Called.refused("The command was not asked for by whoever runs this server: make the hook again with"
                    + " weir hook add --cmd, or set WEIR_HOOKS_COMMANDS=true");
        }
        try {
            return wait(start(hook, delivery), delivery.body());
        } catch (IOException failure) {
            return Called.failed("cannot be started: " + failure.getMessage());
        }
    }

    private static Process start(Hook hook, Delivery delivery) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(hook.getCommand()).redirectErrorStream(true);
        builder.directory(Path.of(System.getProperty("user.home", "/")).toFile());
        builder.environment().keySet().removeAll(SECRETS);
        builder.environment().put("WEIR_EVENT", delivery.event());
        builder.environment().put("WEIR_DELIVERY", delivery.id());
        builder.environment().put("WEIR_RUN_ID", delivery.run());
        return builder.start();
    }

    private Called wait(Process process, byte[] body) throws InterruptedException {
        CompletableFuture<Void> told = CompletableFuture.runAsync(() -> tell(process, body), CommandCall::thread);
        CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> said(process), CommandCall::thread);
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return Called.failed("not ended within " + limit.toSeconds() + " s, so it was killed");
            }
            return Called.ended(process.exitValue(), soon(said));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            told.cancel(true);
        }
    }

    /** A command may leave somebody behind who holds its output open. */
    private static String soon(CompletableFuture<String> said) throws InterruptedException {
        try {
            return said.get(1, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | TimeoutException open) {
            return "";
        }
    }

    private static void tell(Process process, byte[] body) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(body);
            in.write('\n');
        } catch (IOException notRead) {
            return; // a command need not read what it is told
        }
    }

    private static String said(Process process) {
        try (InputStream out = process.getInputStream()) {
            String first = new String(out.readNBytes(MOST_SAID), StandardCharsets.UTF_8);
            out.transferTo(OutputStream.nullOutputStream());
            return Visible.of(first.strip());
        } catch (IOException ended) {
            return "";
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "hook-command");
        thread.setDaemon(true);
        thread.start();
    }
}
