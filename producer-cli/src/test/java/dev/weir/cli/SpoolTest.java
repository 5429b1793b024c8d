package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.cli.edit.Edits;
import dev.weir.cli.mask.Masks;
import dev.weir.cli.ship.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    Path folder;

    @Test
    void givesBackWhatARunSaidOfItselfWhateverIsInIt() throws Exception {
        String odd = " #a=b: c!\\d\te\nf\rg\fh 語 \u001b[1m ";
        Origin origin = new Origin(
                1,
                List.of("sh", odd, ""),
                odd,
                odd,
                "shell",
                null,
                null,
                odd,
                null,
                null,
                null,
                null,
                Map.of(odd, odd),
                "auto");
        Edits edits = Edits.masking(new Masks(false, Map.of("x", odd), Map.of("TOKEN", odd)));
        Spool.Notes notes = new Spool.Notes("default", origin, edits, 7, Map.of("stdout", 8L));
        Spool spool = new Spool(folder);

        spool.note(notes);

        assertEquals(notes, spool.notes().orElseThrow());
    }
}
