package dev.weir.api.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every request must pass before anything looks at it: a plain path, a Host and an Origin that are ours.
 *
 * <p>The Host is checked because a page in a browser can make its own name point at 127.0.0.1 and then read whatever
 * answers there; the Origin because a page may send requests even where it cannot read the answers.
 */
final class Guard {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+\\]");

    private final Set<String> hosts;
    private final boolean anyAddress;

    /** @param anyAddress whether a Host that is an IP address is ours: no name was resolved, so nobody was fooled */
    Guard(Set<String> hosts, boolean anyAddress) {
        this.hosts = hosts;
        this.anyAddress = anyAddress;
    }

    void check(Context context) {
        String path = context.req().getRequestURI();
        if (!PlainUri.path(path)) {
            throw new Problem(400, "bad-path", "The path holds characters that no route has: send it plain");
        }
        if (!PlainUri.query(context.req().getQueryString())) {
            throw new Problem(
                    400, "bad-query", "The query holds a % that two hex digits do not follow: write % itself as %25");
        }
        String host = Optional.ofNullable(context.header("Host")).orElse("");
        if (!ours(host)) {
            throw new Problem(
                    403,
                    "foreign-host",
                    "Host is '" + Problem.shown(host) + "': use a loopback name, or name it in WEIR_HTTP_HOSTS");
        }
        String origin = context.header("Origin");
        if (origin != null && !sameSite(authority(origin), host)) {
            throw new Problem(
                    403,
                    "foreign-origin",
                    "Origin is '" + Problem.shown(origin) + "': pages of other sites may not use this API");
        }
        if ("cross-site".equals(context.header("Sec-Fetch-Site")) && !followsALink(context, path)) {
            throw new Problem(403, "foreign-origin", "Another site's page sent this: pages of other sites may not");
        }
    }

    /** Somebody who follows a link to the page: the other site learns nothing, and the page may not be framed. */
    private static boolean followsALink(Context context, String path) {
        return context.method() == HandlerType.GET
                && "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"))
                && !path.startsWith("/v1/");
    }

    /** A page of this very server, or of a name it was given; another port of the same host is somebody else's page. */
    private boolean sameSite(String origin, String host) {
        return !origin.isEmpty()
                && (origin.equalsIgnoreCase(host) || hosts.contains(withoutPort(origin.toLowerCase(Locale.ROOT))));
    }

    private boolean ours(String authority) {
        String host = withoutPort(authority.toLowerCase(Locale.ROOT));
        return LOOPBACK.contains(host)
                || hosts.contains(host)
                || anyAddress && IP.matcher(host).matches();
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
        } catch (IllegalArgumentException unreadable) {
            return "";
        }
    }
}
