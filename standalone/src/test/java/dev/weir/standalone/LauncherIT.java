package dev.weir.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher alone, with a Java and a Maven that only write down how they were called. */
class LauncherIT {
    /** How a launch ended and what it said on each stream. */
    private record Launch(int code, String out, String err) {}

    @TempDir
    Path home;

    private Path checkout;
    private Path tools;
    private Path javaHome;

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectories(home.resolve("a checkout"));
        Files.copy(Path.of("..", "weir"), checkout.resolve("weir"));
        executable(checkout.resolve("weir"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path sources = Files.createDirectories(checkout.resolve("producer-cli/src/main/java"));
        Files.writeString(checkout.resolve("producer-cli/pom.xml"), "<project/>");
        Files.writeString(sources.resolve("Weir.java"), "class Weir {}");
        age(checkout.resolve("weir"));
        age(checkout.resolve("pom.xml"));
        age(checkout.resolve("producer-cli/pom.xml"));
        age(sources.resolve("Weir.java"));
        tools = Files.createDirectories(home.resolve("tools"));
        script(tools.resolve("mvn"), """
                echo built >>"$HOME/builds"
                echo "[ERROR] a flood of Maven's"
                [ ! -f "$HOME/broken" ] || exit 1
                mkdir -p standalone/target/dist/lib/cli standalone/target/dist/lib/node
                : >standalone/target/dist/lib/cli/a.jar
                """);
        javaHome = java("17.0.1", "jdk");
    }

    @Test
    void buildsACheckoutOnceAndThenOnlyWhenASourceHasChanged() throws Exception {
        Launch first = launch("run", "--", "true");
        Launch second = launch("run", "--", "true");

        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("building for the first time"), first.err());
        assertFalse(first.err().contains("flood"), first.err());
        assertFalse(first.out().contains("flood"), first.out());
        assertEquals("", second.err());
        assertEquals(1, builds());

        Path source = checkout.resolve("producer-cli/src/main/java/Weir.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Launch third = launch("run", "--", "true");

        assertTrue(third.err().contains("sources changed"), third.err());
        assertEquals(2, builds());
    }

    @Test
    void showsWhatMavenSaidWhenTheBuildFails() throws Exception {
        Files.writeString(home.resolve("broken"), "");

        Launch launch = launch("run", "--", "true");

        assertEquals(125, launch.code());
        assertTrue(launch.err().contains("a flood of Maven's"), launch.err());
        assertTrue(launch.err().contains("the build failed"), launch.err());
        assertFalse(Files.exists(checkout.resolve("standalone/target/build.lock")));
    }

    @Test
    void buildsOnceWhenLaunchedTwiceAtOnce() throws Exception {
        Process first = start(environment(), checkout.resolve("weir"), "run");
        Process second = start(environment(), checkout.resolve("weir"), "run");

        assertEquals(0, first.waitFor());
        assertEquals(0, second.waitFor());
        assertEquals(1, builds());
    }

    @Test
    void takesTheBuildOverFromALaunchThatWasKilled() throws Exception {
        Path lock = Files.createDirectories(checkout.resolve("standalone/target/build.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), Long.toString(gone.pid()));

        Launch launch = launch("run");

        assertEquals(0, launch.code(), launch.err());
        assertEquals(1, builds());
    }

    @Test
    void neverBuildsAnInstalledWeir() throws Exception {
        Path installed = Files.createDirectories(home.resolve("installed/bin"));
        Files.createDirectories(home.resolve("installed/lib/cli"));
        Files.writeString(home.resolve("installed/lib/cli/a.jar"), "");
        Files.copy(checkout.resolve("weir"), installed.resolve("weir"));
        executable(installed.resolve("weir"));
        Path link = Files.createSymbolicLink(home.resolve("linked"), installed.resolve("weir"));

        Launch launch = run(environment(), link, "run", "--", "a b", "");

        assertEquals(0, launch.code(), launch.err());
        assertEquals(0, builds());
        assertTrue(launch.out().contains("[dev.weir.cli.Weir][run][--][a b][]"), launch.out());
        assertTrue(launch.out().contains("installed/lib/cli/a.jar"), launch.out());
    }

    @Test
    void startsTheNodeForItsCommandsAndTheCommandForTheRest() throws Exception {
        assertTrue(launch("status", "--json").out().contains("[dev.weir.standalone.NodeMain][status][--json]"));
        assertTrue(launch("--help").out().contains("[dev.weir.cli.Weir][--help]"));
    }

    @Test
    void usesAnArchiveOfClassesThatIsNewerThanTheClasses() throws Exception {
        launch("run");
        Path archive = onlyFile("cli.training").resolveSibling("cli.jsa");
        Files.writeString(archive, "");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(5)));

        Launch second = launch("run");

        assertTrue(second.out().contains("[-XX:SharedArchiveFile=" + archive + "]"), second.out());
    }

    @Test
    void asksForAnArchiveOfLinkedClassesWhereJavaHasThemAndUsesItAlone() throws Exception {
        Map<String, String> environment = environment();
        environment.put("JAVA_HOME", java("25.0.1", "newest").toString());
        Launch first = run(environment, checkout.resolve("weir"), "run");
        assertTrue(first.out().contains("[-Xshare:auto]"), first.out());
        Path asked = onlyFile("cli.training");
        List<String> flags = Files.readAllLines(asked);
        assertTrue(first.out().contains("[" + flags.get(0) + "]"), first.out());
        Path archive = asked.resolveSibling("cli.aot");
        Files.writeString(archive, "");
        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().plusSeconds(5)));

        Launch second = run(environment, checkout.resolve("weir"), "run");

        assertTrue(second.out().contains("[-XX:AOTCache=" + archive + "]"), second.out());
        assertFalse(second.out().contains("-Xshare"), "Java does not start with both: " + second.out());
        assertTrue(flags.stream().allMatch(flag -> second.out().contains("[" + flag + "]")), second.out());
    }

    private Path onlyFile(String name) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            List<Path> found = files.filter(file -> file.endsWith(name)).toList();
            assertEquals(1, found.size(), found.toString());
            return found.get(0);
        }
    }

    @Test
    void findsAJavaOnThePathAndSkipsOneThatIsTooOld() throws Exception {
        Map<String, String> environment = environment();
        environment.put("JAVA_HOME", java("11.0.2", "old").toString());
        environment.put("PATH", javaHome.resolve("bin") + File.pathSeparator + environment.get("PATH"));

        Launch launch = run(environment, checkout.resolve("weir"), "run");

        assertEquals(0, launch.code(), launch.err());
        assertTrue(launch.out().startsWith("java of " + javaHome), launch.out());
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        environment.put("HOME", home.toString());
        environment.put("JAVA_HOME", javaHome.toString());
        environment.put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
        return environment;
    }

    private Launch launch(String... arguments) throws Exception {
        return run(environment(), checkout.resolve("weir"), arguments);
    }

    private Launch run(Map<String, String> environment, Path launcher, String... arguments) throws Exception {
        Process process = start(environment, launcher, arguments);
        int code = process.waitFor();
        return new Launch(code, Files.readString(home.resolve("out")), Files.readString(home.resolve("err")));
    }

    private Process start(Map<String, String> environment, Path launcher, String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(home.resolve("out").toFile())
                .redirectError(home.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private long builds() throws IOException {
        Path builds = home.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    private Path java(String version, String folder) throws IOException {
        Path made = Files.createDirectories(home.resolve(folder));
        Files.createDirectories(made.resolve("bin"));
        Files.writeString(made.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(made.resolve("bin/java"), "echo java of " + made + "\nprintf '[%s]' \"$@\"\n");
        return made;
    }

    private static void script(Path file, String text) throws IOException {
        Files.write(file, ("#!/bin/sh\n" + text).getBytes(StandardCharsets.UTF_8));
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }
}
