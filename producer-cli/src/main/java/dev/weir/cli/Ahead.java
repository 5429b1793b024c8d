package dev.weir.cli;

import dev.weir.cli.net.Node;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A question to the node that is asked on a thread of its own, before anybody needs the answer. */
final class Ahead {
    private final FutureTask<Optional<Node>> answer;

    private Ahead(FutureTask<Optional<Node>> answer) {
        this.answer = answer;
    }

    static Ahead ask(Supplier<Optional<Node>> question) {
        FutureTask<Optional<Node>> answer = new FutureTask<>(question::get);
        Thread thread = new Thread(answer, "ahead");
        thread.setDaemon(true);
        thread.start();
        return new Ahead(answer);
    }

    /** Waits for it; empty if no node answered. */
    Optional<Node> answer() {
        try {
            return answer.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException fault) {
            throw new IllegalStateException(fault.getCause());
        }
    }
}
