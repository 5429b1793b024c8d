package dev.weir.api.web;

import dev.weir.api.http.Call;
import dev.weir.api.http.Problem;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The routes of the page. Every view is the same document, which finds out from its address what to show; what follows the
 * {@code ?} is the page's own affair. The document asks for a key itself if the API wants one, so it is open to all.
 */
public final class WebPage {
    /** Only its own files run, are shown or spoken to; text becomes markup by lit-html's templates and nothing else. */
    static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types lit-html");

    private static final List<String> PATHS = List.of("/", "/runs", "/runs/{run}", "/compare");
    private static final List<String> ANY_PARAMETER = List.of(Route.ANY_PARAMETER);

    /** Read at the first visit: a node that nobody looks at does not pay for it. */
    private static final class Loaded {
        static final Assets ASSETS = Assets.load();
    }

    public List<Route> all() {
        Stream<Route> documents =
                PATHS.stream().map(path -> Route.get(path, Scope.OPEN, ANY_PARAMETER, WebPage::document));
        Stream<Route> files = Stream.of(Route.get("/assets/{version}/<file>", Scope.OPEN, List.of(), WebPage::file));
        return Stream.concat(documents, files).toList();
    }

    private static void document(Call call) {
        call.context().header("Content-Security-Policy", POLICY);
        call.context().header("Cache-Control", "no-cache");
        call.context().header("Cross-Origin-Opener-Policy", "same-origin");
        send(call, Loaded.ASSETS.index());
    }

    private static void file(Call call) {
        Asset asset = Optional.of(call.path("version"))
                .filter(Loaded.ASSETS.version()::equals)
                .map(current -> Loaded.ASSETS.find(call.path("file")))
                .orElseThrow(() -> new Problem(
                        404, "no-such-file", "The page has no such file, or no longer: load the page again"));
        call.context().header("Cache-Control", "public, max-age=31536000, immutable");
        send(call, asset);
    }

    private static void send(Call call, Asset asset) {
        call.context().header("Vary", "Accept-Encoding");
        boolean compressed = Optional.ofNullable(call.header("Accept-Encoding"))
                .filter(taken -> taken.contains("gzip"))
                .isPresent();
        if (compressed) {
            call.context().header("Content-Encoding", "gzip");
        }
        call.bytes(asset.type(), compressed ? asset.compressed() : asset.bytes());
    }
}
