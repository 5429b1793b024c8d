package dev.weir.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.topology.rows.TemplateRow;
import dev.weir.topology.rows.TemplateRow.SampleBytes;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookedTest {
    private final Booked booked = new Booked();

    @Test
    void aRowIsWrittenInItsOwnBucketOnly() {
        booked.written(3, 1_000);

        assertTrue(booked.isWritten(3, 1_000));
        assertFalse(booked.isWritten(4, 1_000));
        assertFalse(booked.isWritten(3, 2_000));

        booked.written(4, 2_000);
        booked.written(5, 1_000);

        assertTrue(booked.isWritten(4, 2_000));
        assertFalse(booked.isWritten(3, 2_000));
        assertFalse(booked.isWritten(5, 2_000));
        assertFalse(booked.isWritten(5, 1_000));
    }

    @Test
    void ofMoreStreamsThanItKeepsNoneIsTakenForKnown() {
        for (int i = 0; i < 100; i++) {
            booked.stream("stream " + i, i);
        }

        assertTrue(booked.knows("stream 3", 3));
        assertFalse(booked.knows("stream 3", 4));
        for (int i = 0; i < 100; i++) {
            assertFalse(booked.knows("stream " + i, 100));
        }
        assertFalse(booked.knows("stream 99", 99));
    }

    @Test
    void aRowGetsTheLastSampleBesideItsFirst() {
        TemplateRow row = new TemplateRow(40);
        row.firstSample(sample(5, "first"));
        booked.sample(40, sample(5, "first"));

        booked.complete(row);

        assertEquals(List.of("first"), texts(row));

        booked.sample(40, sample(6, "second"));
        booked.sample(40, sample(7, "third"));
        booked.complete(row);
        booked.complete(row);

        assertEquals(List.of("first", "third"), texts(row));
    }

    private static SampleBytes sample(long offset, String text) {
        return SampleBytes.of(offset, 0, text.getBytes(UTF_8), 0, text.length());
    }

    private static List<String> texts(TemplateRow row) {
        return row.samples().stream()
                .map(sample -> new String(sample.bytes(), UTF_8))
                .toList();
    }
}
