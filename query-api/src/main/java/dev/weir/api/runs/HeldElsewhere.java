package dev.weir.api.runs;

/** Another server holds the run that was asked for; caught where requests are forwarded. */
public final class HeldElsewhere extends RuntimeException {
    private final String host;
    private final int port;

    public HeldElsewhere(String host, int port) {
        super(host + ":" + port, null, false, false);
        this.host = host;
        this.port = port;
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }
}
