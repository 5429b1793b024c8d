package dev.weir.api;

import dev.weir.embedded.KafkaUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server over one broker for every test class that brings its own runs: starting them takes longer than most tests. */
final class SharedServer implements BeforeAllCallback {
    private @Nullable Both both;

    /** Lives until the last test class is through. */
    private record Both(KafkaUnderTest kafka, RunningServer weir, ExtensionContext context) implements AutoCloseable {
        static Both start(ExtensionContext context) {
            try {
                KafkaUnderTest kafka = KafkaUnderTest.embedded();
                kafka.beforeAll(context);
                Path state = Files.createTempDirectory("shared-server");
                return new Both(
                        kafka, new RunningServer(kafka, state, Map.of("WEIR_HOOKS_PRIVATE", "true")).ready(), context);
            } catch (Exception failed) {
                throw new IllegalStateException("The shared server did not start", failed);
            }
        }

        @Override
        public void close() {
            weir.close();
            try {
                kafka.afterAll(context);
            } catch (Exception stubborn) {
                throw new IllegalStateException("The shared broker did not stop", stubborn);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        both = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .computeIfAbsent(Both.class, started -> Both.start(context.getRoot()), Both.class);
    }

    RunningServer weir() {
        return Objects.requireNonNull(both, "the server runs while test classes do")
                .weir();
    }

    KafkaUnderTest kafka() {
        return Objects.requireNonNull(both, "the broker runs while test classes do")
                .kafka();
    }
}
