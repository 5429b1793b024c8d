package dev.weir.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What shows that a hook's command was asked for by whoever runs the server: HMAC-SHA256 over it with a key that only he can
 * read. The key itself is never sent, so that whoever sees a request can at most make the same hook again.
 */
public final class CommandSeal {
    /** The header of a request that asks for a command. */
    public static final String HEADER = "Weir-Owner";
    /** The file with the key, in a server's state folder. */
    public static final String FILE = "owner";

    private CommandSeal() {}

    /** What a request shows. */
    public static String asked(String key, List<String> command) {
        return HexFormat.of().formatHex(of(key, "", "", command).array());
    }

    /** What a hook carries. */
    public static ByteBuffer of(String key, String hook, String tenant, List<String> command) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            mac.update(bytes(hook + "\0" + tenant));
            for (String word : command) {
                mac.update(bytes("\0" + word));
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("Every Java has HmacSHA256", never);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
