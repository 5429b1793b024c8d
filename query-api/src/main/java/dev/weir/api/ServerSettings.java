package dev.weir.api;

import dev.weir.settings.Setting;
import java.util.List;

/** Every setting of the server's own; those of topics and topology are listed with them. */
public final class ServerSettings {
    public static final Setting HTTP_HOST = new Setting(
            "weir.http.host",
            "127.0.0.1",
            "address",
            "Address to listen on. Other than loopback only once keys exist.");
    public static final Setting HTTP_PORT =
            new Setting("weir.http.port", "7070", "port", "Port to listen on; 0 for any free one.");
    public static final Setting HTTP_HOSTS = new Setting(
            "weir.http.hosts",
            "",
            "names",
            "Names, with commas, that requests may call this server by, besides localhost.");
    public static final Setting ADMIN_KEY = new Setting(
            "weir.admin.key",
            "",
            "key",
            "An admin's key to start with, in weir's own form; ServerMain new-key prints one. Only its hash is kept.");
    public static final Setting HTTP_CONNECTIONS =
            new Setting("weir.http.connections", "1000", "connections", "Open connections at most.");
    public static final Setting HTTP_THREADS =
            new Setting("weir.http.threads", "64", "threads", "Threads that answer requests at most.");
    public static final Setting HTTP_IDLE = new Setting(
            "weir.http.idle", "30s", "duration", "How long a connection may say nothing before it is closed.");
    public static final Setting HTTP_HEADER = new Setting(
            "weir.http.header",
            "10s",
            "duration",
            "How long a request's header may take, from its first byte to its last.");
    public static final Setting HTTP_BODY = new Setting(
            "weir.http.body", "5m", "duration", "How long a request's body may take, from its first byte to its last.");
    public static final Setting HTTP_BODY_BYTES = new Setting(
            "weir.http.body.bytes", "16MiB", "size", "A request's body at most, before and after unpacking.");
    public static final Setting HTTP_STREAMS = new Setting(
            "weir.http.streams", "1000", "streams", "Streams of lines or events, and waits, open at once at most.");
    public static final Setting LINE_READERS =
            new Setting("weir.line.readers", "32", "readers", "Readers of raw lines out of Kafka at once at most.");
    public static final Setting QUERY_TIME = new Setting(
            "weir.query.time",
            "60s",
            "duration",
            "How long a request may look for lines without finding any before it is told to narrow.");
    public static final Setting ADVERTISED_HOST = new Setting(
            "weir.advertised.host",
            "",
            "host[:port]",
            "How other servers reach this one; without it, the address and port it listens on.");
    public static final Setting RAW_BYTES = new Setting(
            "weir.snapshot.raw.bytes", "1MiB", "size", "Raw lines in a snapshot of mode=raw without a budget at most.");

    public static final Setting HOOKS_PRIVATE = new Setting(
            "weir.hooks.private",
            "false",
            "true or false",
            "Whether a hook may ask to call private and loopback addresses; without, none does.");
    public static final Setting HOOKS_COMMANDS = new Setting(
            "weir.hooks.commands",
            "owner",
            "owner, true or false",
            "Whose hooks may start commands: of whoever runs this server, on its own machine (owner), of whoever may make"
                    + " hooks (true), of nobody (false).");
    public static final Setting MCP_WAKE = new Setting(
            "weir.mcp.wake",
            "false",
            "true or false",
            "Whether agents may queue wakes over /mcp, with the wake scope.");
    public static final Setting MCP_ROOTS = new Setting(
            "weir.mcp.roots",
            "",
            "folders",
            "Folders of the server, with commas, whose files agents may compact over /mcp.");
    public static final Setting MCP_TEXT = new Setting(
            "weir.mcp.text",
            "short",
            "short or full",
            "What stands in an answer's text: a sentence, or all of it, for agents that see nothing else.");

    public static final List<Setting> ALL = List.of(
            HTTP_HOST,
            HTTP_PORT,
            HTTP_HOSTS,
            ADMIN_KEY,
            HTTP_CONNECTIONS,
            HTTP_THREADS,
            HTTP_IDLE,
            HTTP_HEADER,
            HTTP_BODY,
            HTTP_BODY_BYTES,
            HTTP_STREAMS,
            LINE_READERS,
            QUERY_TIME,
            ADVERTISED_HOST,
            RAW_BYTES,
            HOOKS_PRIVATE,
            HOOKS_COMMANDS,
            MCP_WAKE,
            MCP_ROOTS,
            MCP_TEXT);

    private ServerSettings() {}
}
