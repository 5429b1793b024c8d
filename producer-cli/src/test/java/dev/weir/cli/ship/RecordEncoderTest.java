package dev.weir.cli.ship;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weir.cli.RunOnTopic;
import dev.weir.schemas.Heartbeat;
import dev.weir.schemas.LineBatch;
import dev.weir.schemas.MarkerKind;
import dev.weir.schemas.RunEnded;
import dev.weir.schemas.RunStarted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
    private final RecordEncoder encoder = new RecordEncoder(258);

    @Test
    void framesWithAZeroByteAndTheSchemaId() {
        ByteBuffer record = ByteBuffer.wrap(encoder.heartbeat(1, 2, List.of()));

        assertEquals(0, record.get());
        assertEquals(258, record.getInt());
    }

    @Test
    void writesAStartAsTheGeneratedClassReadsIt() throws IOException {
        Origin origin = new Origin(
                1_700_000_000_123L,
                List.of("make", "tést"),
                "title",
                "job",
                "github",
                "host",
                "user",
                "/dir",
                "c0ffee",
                "main",
                "build",
                "https://ci/1",
                Map.of("a", "b"),
                "json");

        RunStarted started = (RunStarted) RunOnTopic.decode(encoder.started(origin, 77));

        assertEquals(Instant.ofEpochMilli(1_700_000_000_123L), started.getStartedAt());
        assertEquals(77, started.getEpoch());
        assertEquals(List.of("make", "tést"), started.getCommand());
        assertEquals("title", started.getTitle());
        assertEquals("job", started.getJob());
        assertEquals("github", started.getProvider());
        assertEquals("host", started.getHost());
        assertEquals("user", started.getUser());
        assertEquals("/dir", started.getDirectory());
        assertEquals("c0ffee", started.getGitCommit());
        assertEquals("main", started.getGitBranch());
        assertEquals("build", started.getCiJob());
        assertEquals("https://ci/1", started.getCiUrl());
        assertEquals(Map.of("a", "b"), started.getLabels());
        assertEquals("json", started.getFormat());
        assertEquals(List.of(), started.getMasks());
    }

    @Test
    void writesAMarkerInPlaceOfLines() throws IOException {
        Marker dropped = new Marker(true, 12, 3_000, "overflow");

        LineBatch batch =
                (LineBatch) RunOnTopic.decode(encoder.marker(Position.start("stderr", "stderr"), 1, 2, dropped));

        assertEquals(List.of(), batch.getLines());
        dev.weir.schemas.Marker marker = Objects.requireNonNull(batch.getMarker());
        assertEquals(MarkerKind.DROPPED, marker.getKind());
        assertEquals(12, marker.getCount());
        assertEquals(3_000, marker.getBytes());
        assertEquals("overflow", marker.getReason());
    }

    @Test
    void writesAnEndAndAHeartbeatWithEverySourcesPosition() throws IOException {
        List<Position> positions = List.of(new Position("stdout", "stdout", 1L << 40, Map.of("c", "d")));

        RunEnded ended =
                (RunEnded) RunOnTopic.decode(encoder.ended(new Ending(3, "signal", 143, "TERM"), 4, positions));
        RunEnded unknown = (RunEnded) RunOnTopic.decode(encoder.ended(new Ending(3, "exit", null, null), 4, List.of()));
        Heartbeat heartbeat = (Heartbeat) RunOnTopic.decode(encoder.heartbeat(6, 7, positions));

        assertEquals(143, ended.getExitCode());
        assertEquals("TERM", ended.getSignal());
        assertEquals("signal", ended.getReason());
        assertEquals(1L << 40, ended.getSources().get(0).getNextSeq());
        assertEquals(Map.of("c", "d"), ended.getSources().get(0).getLabels());
        assertNull(unknown.getExitCode());
        assertNull(unknown.getSignal());
        assertEquals(6, heartbeat.getSentAt().toEpochMilli());
        assertEquals(1, heartbeat.getSources().size());
    }
}
