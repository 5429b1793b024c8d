package dev.weir.cli;

import dev.weir.cli.ship.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where weir runs: what the environment tells of the machine, the user and the CI system. */
record Surroundings(Map<String, String> environment, Path directory, Path hostNameFile) {
    Origin origin(RunOptions options, long startedAt) {
        @Nullable CiSystem ci = CiSystem.of(environment);
        String provider = options.provider() != null ? options.provider() : ci == null ? "shell" : ci.name();
        return origin(
                options.command(),
                options.title(),
                options.job(),
                provider,
                options.labels(),
                options.format(),
                startedAt);
    }

    Origin origin(
            List<String> command,
            @Nullable String title,
            @Nullable String job,
            String provider,
            Map<String, String> labels,
            String format,
            long startedAt) {
        Git git = Git.of(directory);
        @Nullable CiSystem ci = CiSystem.of(environment);
        return new Origin(
                startedAt,
                command,
                title,
                job,
                provider,
                host(),
                environment.getOrDefault("USER", System.getProperty("user.name")),
                directory.toString(),
                git.commit(),
                git.branch() != null ? git.branch() : environment.get("GITHUB_REF_NAME"),
                ci == null ? null : environment.get(ci.job()),
                ci == null ? null : ciUrl(ci),
                labels,
                format);
    }

    private @Nullable String ciUrl(CiSystem ci) {
        if (ci.name().equals("github")) {
            return environment.get("GITHUB_SERVER_URL") + "/" + environment.get("GITHUB_REPOSITORY") + "/actions/runs/"
                    + environment.get("GITHUB_RUN_ID");
        }
        if (ci.name().equals("azure")) {
            return environment.get("SYSTEM_COLLECTIONURI") + environment.get("SYSTEM_TEAMPROJECT")
                    + "/_build/results?buildId=" + environment.get("BUILD_BUILDID");
        }
        return environment.get(ci.url());
    }

    /** From the kernel's file where there is one: the JDK would ask the name service, which may hang. */
    private @Nullable String host() {
        try {
            return Files.readString(hostNameFile).strip();
        } catch (IOException notHere) {
            return environment.get("HOSTNAME");
        }
    }
}
