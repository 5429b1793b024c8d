package dev.weir.api.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssetsTest {
    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

    @Test
    void namesEveryFileOfThePage() throws Exception {
        TreeSet<String> own = new TreeSet<>(Assets.names());
        own.removeIf(name -> name.startsWith("lib/"));

        try (Stream<Path> files = Files.list(WEB)) {
            TreeSet<String> there =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
            there.removeAll(Set.of("files.txt", "index.html"));
            assertEquals(there, own);
        }
    }

    @Test
    void servesEveryModuleThatAModuleImports() throws Exception {
        for (String name : Assets.names()) {
            if (name.endsWith(".js") && !name.startsWith("lib/")) {
                Matcher imports = IMPORT.matcher(Files.readString(WEB.resolve(name)));
                while (imports.find()) {
                    assertTrue(Assets.names().contains(imports.group(1)), name + " imports " + imports.group(1));
                }
            }
        }
    }

    @Test
    void staysWithinTwoHundredKilobytesOfScript() {
        assertTrue(
                Assets.load().scriptBytes() <= 200_000,
                "compressed: " + Assets.load().scriptBytes());
    }

    @Test
    void namesEachScriptWithItsHash() {
        String page = new String(Assets.load().index().bytes(), StandardCharsets.UTF_8);

        long scripts =
                Assets.names().stream().filter(name -> name.endsWith(".js")).count();

        assertEquals(
                scripts,
                Pattern.compile("\\.js\" integrity=\"sha384-")
                        .matcher(page)
                        .results()
                        .count());
        assertEquals(
                0,
                Pattern.compile("<script(?! type=\"module\" src)|<style| style=| on[a-z]+=")
                        .matcher(page)
                        .results()
                        .count());
    }
}
