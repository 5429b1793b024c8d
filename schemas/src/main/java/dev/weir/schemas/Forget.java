package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * The order to forget a run: a record of {@code weir.lines} with the run's key, no value and this in its headers. In the
 * order of the run's records: what came before it is gone, what comes after it begins a run anew. A record that has
 * neither value nor this header is unreadable, so that nothing is forgotten by mistake.
 *
 * @param request the order's own id, made by who gives it
 * @param by id of the key it was given with; empty without keys
 */
public record Forget(String request, String by) {
    public static final String REQUEST = "weir.forget";
    public static final String BY = "weir.forget.by";

    /** The headers of the record. */
    public List<Header> headers() {
        return List.of(new RecordHeader(REQUEST, request.getBytes(UTF_8)), new RecordHeader(BY, by.getBytes(UTF_8)));
    }

    /** Whether these are the headers of such an order. */
    public static boolean isIn(Headers headers) {
        return headers.lastHeader(REQUEST) != null;
    }
}
