package dev.weir.cli;

import dev.weir.cli.net.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir export}: a run as one file. */
@Command(name = "export", description = "Writes a run with its lines, templates and accounting to one file.")
final class ExportCommand extends ReadCommand {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Id, beginning of one, @last, @job or @job~1.")
    private @Nullable String run;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file (RUN.weir).")
    private @Nullable Path output;

    @Option(names = "--force", description = "Also over a file that is there.")
    private boolean force;

    ExportCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NodeApi api = api();
        String chosen = choice(api).of(run);
        Path file = output == null ? Path.of(chosen + ".weir") : output;
        if (Files.exists(file) && !force) {
            throw new UsageException(file + " exists: name another with -o, or say --force");
        }
        try {
            long lines = Portable.write(api, chosen, file.toAbsolutePath());
            System.out.println(
                    json()
                            ? "{\"run\":" + Json.quoted(chosen) + ",\"file\":" + Json.quoted(file.toString())
                                    + ",\"lines\":" + lines + "}"
                            : "run " + chosen + ": " + lines + " lines in " + file);
            return 0;
        } catch (IOException unwritable) {
            String why = unwritable instanceof java.nio.file.NoSuchFileException
                    ? "there is no such folder"
                    : unwritable instanceof java.nio.file.AccessDeniedException
                            ? "it may not be written"
                            : String.valueOf(unwritable.getMessage());
            throw new UsageException("cannot write " + file + ": " + why + ": check the path and the disk");
        }
    }
}
