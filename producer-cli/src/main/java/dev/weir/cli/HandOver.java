package dev.weir.cli;

import dev.weir.cli.capture.Allowance;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a {@code weir resume} in the background may deliver what a command has left when it ends, so that the prompt need
 * not wait for a flood. Only where that cannot matter to anybody: the node is on this machine, so whatever ends such a process
 * ends the node, too; and nobody has asked for what is only known when all is delivered.
 */
record HandOver(
        RunOptions options,
        Connection connection,
        Map<String, String> environment,
        @Nullable Path launcher) {
    /** Less than this is delivered before anybody gets impatient. */
    private static final long MUCH = 32 << 20;

    boolean isWorthIt(Allowance allowance, int exitCode) {
        boolean ownNode = launcher != null
                && !connection.configured()
                && !connection.overHttp()
                && connection.kafkaConfig().isEmpty();
        boolean wakes = options.waking() != null && exitCode == 0;
        boolean asked = options.strict()
                || options.words().summary().equals("json")
                || !options.hooks().isEmpty()
                || CiSystem.of(environment) != null;
        return ownNode && !wakes && !asked && allowance.held() > MUCH;
    }
}
