package dev.weir.schemas;

import dev.weir.registry.AvroBytes;
import dev.weir.registry.WireException.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A short text that is mostly the same from batch to batch: decoded only when its bytes change. Not thread-safe. */
final class ShortText {
    private static final int LONGEST = 255;

    private final String what;
    private byte[] seen = new byte[0];
    private String text = "";

    ShortText(String what) {
        this.what = what;
    }

    void parse(AvroBytes bytes, byte[] buffer) {
        int length = bytes.readLength();
        int from = bytes.skip(length);
        if (length > LONGEST) {
            throw new MalformedPayload("its " + what + " has " + length + " bytes, more than " + LONGEST);
        }
        if (!Arrays.equals(seen, 0, seen.length, buffer, from, from + length)) {
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(buffer, from, length))
                        .toString();
            } catch (CharacterCodingException notText) {
                throw new MalformedPayload("its " + what + " is not UTF-8", notText);
            }
            seen = Arrays.copyOfRange(buffer, from, from + length);
        }
    }

    String text() {
        return text;
    }
}
