package dev.weir.mcp;

import java.time.Duration;

/** weir's HTTP API with the caller's rights, as the tools see it. */
public interface WeirApi {
    /** What came back, whatever its status. */
    record Answer(int status, String body) {
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    /**
     * @param path with its query, from {@code /v1} on
     * @throws Away if nobody answers
     */
    Answer get(String path, Duration patience);

    /** @throws Away if nobody answers */
    Answer post(String path, String body, Duration patience);

    /** Nobody is there; the message says what to do. */
    final class Away extends RuntimeException {
        public Away(String message) {
            super(message);
        }
    }
}
