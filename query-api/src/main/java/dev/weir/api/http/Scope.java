package dev.weir.api.http;

/** What a caller must be allowed to do. Every route names one: there is no default. */
public enum Scope {
    /** For anybody, without a key: probes and the description of the API. */
    OPEN,
    /** For any valid key, whatever its scopes. */
    ANY,
    READ,
    INGEST,
    WAKE,
    ADMIN
}
