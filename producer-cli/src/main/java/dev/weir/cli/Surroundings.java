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
    /** A CI system: the variable that betrays it, and those that name its job and where it is shown. */
    private record CiSystem(String name, String mark, String job, String url) {}

    private static final List<CiSystem> CI_SYSTEMS = List.of(
            new CiSystem("github", "GITHUB_ACTIONS", "GITHUB_JOB", ""),
            new CiSystem("gitlab", "GITLAB_CI", "CI_JOB_NAME", "CI_JOB_URL"),
            new CiSystem("jenkins", "JENKINS_URL", "JOB_NAME", "BUILD_URL"),
            new CiSystem("buildkite", "BUILDKITE", "BUILDKITE_LABEL", "BUILDKITE_BUILD_URL"),
            new CiSystem("circleci", "CIRCLECI", "CIRCLE_JOB", "CIRCLE_BUILD_URL"),
            new CiSystem("travis", "TRAVIS", "TRAVIS_JOB_NAME", "TRAVIS_JOB_WEB_URL"),
            new CiSystem("teamcity", "TEAMCITY_VERSION", "TEAMCITY_BUILDCONF_NAME", "BUILD_URL"),
            new CiSystem("azure", "TF_BUILD", "SYSTEM_JOBDISPLAYNAME", ""),
            new CiSystem("drone", "DRONE", "DRONE_STEP_NAME", "DRONE_BUILD_LINK"),
            new CiSystem("ci", "CI", "", ""));

    Origin origin(RunOptions options, long startedAt) {
        CiSystem ci = ciSystem();
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
        CiSystem ci = ciSystem();
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

    private @Nullable CiSystem ciSystem() {
        return CI_SYSTEMS.stream()
                .filter(ci -> environment.containsKey(ci.mark()))
                .findFirst()
                .orElse(null);
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
