package dev.weir.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Why a record lies in {@code weir.dead-letters}. Key and value are there as they came; this is in the record's headers,
 * all of them plain UTF-8 text, the numbers too.
 */
public record DeadLetter(String reason, String detail, String topic, int partition, long offset) {
    public static final String REASON = "weir.reason";
    public static final String DETAIL = "weir.detail";
    public static final String TOPIC = "weir.topic";
    public static final String PARTITION = "weir.partition";
    public static final String OFFSET = "weir.offset";

    /** The headers to add to a dead letter. */
    public List<Header> headers() {
        return List.of(
                header(REASON, reason),
                header(DETAIL, detail),
                header(TOPIC, topic),
                header(PARTITION, Integer.toString(partition)),
                header(OFFSET, Long.toString(offset)));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }
}
