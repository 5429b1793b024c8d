package dev.weir.api.http;

import java.util.Optional;

/** Who is behind a credential. */
public interface Callers {
    /** Whether a credential is needed at all; if not, everybody is {@link #anybody()}. */
    boolean required();

    Caller anybody();

    /** Empty for a key that is unknown, damaged, expired or revoked; which of them is nobody's business. */
    Optional<Caller> byKey(String key);

    /** Empty for a ticket that is unknown, used up or too old. */
    Optional<Caller> byTicket(String ticket);
}
