package dev.weir.cli.ship;

import dev.weir.cli.capture.Stream;
import org.jspecify.annotations.Nullable;

/** Sees every line that is kept, as it may leave, when it has come. Called by the shipper's thread; must not hold it up. */
@FunctionalInterface
public interface LineWatch {
    /** @param edited the line as masked and changed; if null, it stands in {@code bytes} as it came */
    void see(Stream stream, byte @Nullable [] edited, byte[] bytes, int start, int length, long time);
}
