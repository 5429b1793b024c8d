package dev.weir.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A CI system: the variable that betrays it, and those that name its job and where it is shown. */
record CiSystem(String name, String mark, String job, String url) {
    private static final List<CiSystem> ALL = List.of(
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

    /** The one this environment is of; null at home. */
    static @Nullable CiSystem of(Map<String, String> environment) {
        return ALL.stream()
                .filter(ci -> environment.containsKey(ci.mark()))
                .findFirst()
                .orElse(null);
    }
}
