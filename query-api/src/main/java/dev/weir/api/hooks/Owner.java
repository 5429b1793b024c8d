package dev.weir.api.hooks;

import dev.weir.schemas.CommandSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who runs this server. He alone can read the file that it keeps; with what is in it he shows, on the same machine, that a
 * command may be started as himself. What he asked for is sealed with it, because a hook lies in Kafka meanwhile, where
 * others may be able to write.
 */
final class Owner {
    private final String key;

    private Owner(String key) {
        this.key = key;
    }

    /** @param folder of the server; the file is made if it is not there */
    static Owner of(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(CommandSeal.FILE);
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            byte[] made = new byte[32];
            new SecureRandom().nextBytes(made);
            Files.writeString(file, HexFormat.of().formatHex(made));
        } catch (FileAlreadyExistsException kept) {
            return new Owner(kept(file));
        }
        return new Owner(kept(file));
    }

    private static String kept(Path file) throws IOException {
        String key = Files.readString(file).strip();
        if (key.length() < 64) {
            throw new IOException(file + " holds no key: delete it and start the server again");
        }
        return key;
    }

    /** Whether he asks for this command. */
    boolean asks(@Nullable String shown, List<String> command) {
        return shown != null && MessageDigest.isEqual(bytes(CommandSeal.asked(key, command)), bytes(shown));
    }

    /** What only he can have put there. */
    ByteBuffer seal(String hook, String tenant, List<String> command) {
        return CommandSeal.of(key, hook, tenant, command);
    }

    boolean sealed(@Nullable ByteBuffer seal, String hook, String tenant, List<String> command) {
        if (seal == null) {
            return false;
        }
        byte[] given = new byte[seal.remaining()];
        seal.duplicate().get(given);
        return MessageDigest.isEqual(seal(hook, tenant, command).array(), given);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
