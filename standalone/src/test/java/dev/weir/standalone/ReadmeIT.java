package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** README's commands, run in an empty home in the order a reader types them, print what README shows. */
class ReadmeIT {
    @Test
    void itsCommandsPrintWhatItShows(@TempDir Path home) throws Exception {
        Launcher weir = new Launcher(Path.of("target", "dist", "bin", "weir"), home);
        List<Example> examples = Example.in(Path.of("..", "README.md"));
        assertFalse(examples.isEmpty());

        try {
            for (Example example : examples) {
                String said = weir.shell(example.command());

                assertEquals(Example.alike(example.output()), Example.alike(said), example.command());
            }
        } finally {
            weir.run("down");
        }
    }
}
