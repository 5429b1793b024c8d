package dev.weir.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.snapshot.Snapshot.Change;
import dev.weir.snapshot.Snapshot.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingTest {

    @Test
    void novelErrorsThenErrorsSurprisesNovelChangedAndVolume() {
        List<Template> templates = new ArrayList<>(List.of(
                of("volume", "INFO", 1000, Change.GROWN, false, false),
                of("changed", "INFO", 5, Change.GENERALISED, false, false),
                of("novel", "INFO", 4, Change.NONE, true, false),
                of("surprise", "WARN", 3, Change.NONE, false, true),
                of("error", "ERROR", 2, Change.NONE, false, false),
                of("novel error", "ERROR", 1, Change.NONE, true, false)));

        templates.sort(Ranking.BY_RANK);

        assertEquals(
                "novel error, error, surprise, novel, changed, volume",
                templates.stream().map(Template::text).collect(Collectors.joining(", ")));
    }

    @Test
    void fatalComesBeforeErrorAndMoreLinesBeforeFewer() {
        List<Template> templates = new ArrayList<>(List.of(
                of("few", "ERROR", 1, Change.NONE, null, false),
                of("many", "ERROR", 9, Change.NONE, null, false),
                of("fatal", "FATAL", 1, Change.NONE, null, false)));

        templates.sort(Ranking.BY_RANK);

        assertEquals("fatal, many, few", templates.stream().map(Template::text).collect(Collectors.joining(", ")));
    }

    private static Template of(
            String text, String level, long count, Change change, @Nullable Boolean novel, boolean surprising) {
        return new Template(
                1,
                "0",
                text,
                level,
                count,
                count,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                change,
                null,
                null,
                novel,
                null,
                surprising);
    }
}
