package dev.weir.api.hooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.schemas.Hook;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandCallTest {
    @TempDir
    private Path folder;

    @Test
    void saysHowItEndedAndWhatItSaidFirst() throws Exception {
        Owner owner = Owner.of(folder);

        Called called =
                call(owner, Duration.ofSeconds(30)).of(hook(owner, "sh", "-c", "echo no disk; exit 3"), event());

        assertEquals(new Called(false, false, null, 3, "exit 3: no disk"), called);
    }

    @Test
    void endsOneThatDoesNotEnd() throws Exception {
        Owner owner = Owner.of(folder);

        Called called = call(owner, Duration.ofMillis(200)).of(hook(owner, "sleep", "300"), event());

        assertFalse(called.taken());
        assertTrue(String.valueOf(called.error()).contains("killed"), called.toString());
    }

    @Test
    void saysThatThereIsNoSuchCommand() throws Exception {
        Owner owner = Owner.of(folder);

        Called called = call(owner, Duration.ofSeconds(30)).of(hook(owner, "no-such-command-anywhere"), event());

        assertTrue(String.valueOf(called.error()).startsWith("cannot be started"), called.toString());
    }

    @Test
    void startsNothingThatSomebodyElsePutIntoTheTopic() throws Exception {
        Owner owner = Owner.of(folder);
        Owner stranger = Owner.of(folder.resolve("stranger"));
        Path made = folder.resolve("made");

        Called forged = call(owner, Duration.ofSeconds(30)).of(hook(stranger, "touch", made.toString()), event());
        Called unsealed = call(owner, Duration.ofSeconds(30)).of(hook(null, "touch", made.toString()), event());

        assertTrue(forged.hopeless() && unsealed.hopeless());
        assertFalse(Files.exists(made));
    }

    @Test
    void keepsItsKeyToItself() throws Exception {
        Owner.of(folder);

        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("owner"))));
    }

    private static CommandCall call(Owner owner, Duration limit) {
        return new CommandCall(HookOptions.Commands.OWNER, owner, limit);
    }

    private static Delivery event() {
        return new Delivery("d-1", "hook-1", "failed", "run-1", new byte[] {'{', '}'}, () -> {});
    }

    private static Hook hook(@Nullable Owner sealedBy, String... command) {
        ByteBuffer seal = sealedBy == null ? null : sealedBy.seal("hook-1", "default", List.of(command));
        return Hook.newBuilder()
                .setId("hook-1")
                .setTenant("default")
                .setEvents(List.of())
                .setCommand(List.of(command))
                .setSecret(seal)
                .setCreatedAt(Instant.EPOCH)
                .build();
    }
}
