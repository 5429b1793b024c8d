package dev.weir.api.ingest;

import dev.weir.api.http.Body;
import dev.weir.api.http.Call;
import dev.weir.api.http.Route;
import dev.weir.api.http.Scope;
import dev.weir.compact.Compaction;
import dev.weir.drain.Miner;
import dev.weir.drain.MinerSettings;
import dev.weir.snapshot.Budget;
import dev.weir.snapshot.Rendering;
import dev.weir.snapshot.Snapshot.Sort;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;

/** {@code POST /v1/compact}: lines in, the compact view out, nothing kept. */
public final class CompactRoute {
    private static final int LONGEST_LINE = 256 << 10;
    private static final int MOST_TOKENS = 1_000_000;
    private static final int MOST_TEMPLATES = 10_000;

    private final Clock clock;
    private final long mostBytes;

    public CompactRoute(Clock clock, long mostBytes) {
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    public Route route() {
        return Route.post("/v1/compact", Scope.READ, List.of("budget", "limit", "format", "sort"), this::compact);
    }

    private void compact(Call call) throws IOException {
        OptionalInt budget = call.text("budget").isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) call.number("budget", 0, Budget.LEAST, MOST_TOKENS));
        int limit = (int) call.number("limit", budget.isPresent() ? MOST_TEMPLATES : 50, 1, MOST_TEMPLATES);
        Sort sort = Sort.valueOf(call.oneOf("sort", "rank", List.of("rank", "count", "recent", "first"))
                .toUpperCase(Locale.ROOT));
        Rendering rendering = call.rendering();
        Compaction compaction = new Compaction(
                new Miner(MinerSettings.DEFAULTS.withSeed(
                        ThreadLocalRandom.current().nextLong())),
                clock.millis(),
                budget.orElse(0) * Budget.BYTES_PER_TOKEN);
        try (InputStream body = Body.of(call, mostBytes)) {
            compaction.lines(body, LONGEST_LINE);
        }
        call.bytes(rendering.contentType(), compaction.print(rendering, budget, limit, sort));
    }
}
