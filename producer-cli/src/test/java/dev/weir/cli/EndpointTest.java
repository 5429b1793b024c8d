package dev.weir.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.registry.SchemaTexts;
import dev.weir.schemas.RunRecord;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EndpointTest {
    private static final Path GOLDEN = Path.of("src/main/resources/dev/weir/cli/RunRecord.json");

    /** Any other text would be another version in the registry. */
    @Test
    void registersTheVeryTextThatEveryOtherProducerRegisters() throws Exception {
        String text = SchemaTexts.of(RunRecord.getClassSchema());
        if ("update".equals(System.getProperty("weir.golden"))) {
            Files.writeString(GOLDEN, text);
        }

        try (InputStream in = Objects.requireNonNull(Endpoint.class.getResourceAsStream("RunRecord.json"))) {
            assertEquals(text, new String(in.readAllBytes(), UTF_8));
        }
    }
}
