package dev.weir.api.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All files of the page, read from the class path once. One version, a hash of them all, stands in their paths: what is
 * under such a path never changes, and modules find each other by relative names.
 */
final class Assets {
    /** Where a library's files lie in its WebJar, and under which folder the page finds them. */
    private static final Map<String, String> LIBRARIES =
            Map.of("lib/lit-html/", "/META-INF/resources/webjars/lit-html/3.3.2/");

    private static final String LIST = "/web/files.txt";

    private final Map<String, Asset> files;
    private final String version;
    private final byte[] index;

    private Assets(Map<String, Asset> files) {
        this.files = files;
        this.version = version(files);
        this.index = index(files, version);
    }

    static Assets load() {
        Map<String, Asset> files = new LinkedHashMap<>();
        for (String name : names()) {
            files.put(name, Asset.of(name, read(place(name))));
        }
        return new Assets(files);
    }

    /** Files in the order in which a browser should fetch them. */
    static List<String> names() {
        return new String(read(LIST), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    String version() {
        return version;
    }

    @Nullable
    Asset find(String name) {
        return files.get(name);
    }

    Asset index() {
        return Asset.of("index.html", index);
    }

    /** Bytes of all scripts as they go over the wire. */
    long scriptBytes() {
        return files.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".js"))
                .mapToLong(file -> file.getValue().compressed().length)
                .sum();
    }

    private static String place(String name) {
        return LIBRARIES.entrySet().stream()
                .filter(library -> name.startsWith(library.getKey()))
                .map(library ->
                        library.getValue() + name.substring(library.getKey().length()))
                .findFirst()
                .orElse("/web/" + name);
    }

    private static byte[] read(String place) {
        try (InputStream file = Assets.class.getResourceAsStream(place)) {
            if (file == null) {
                throw new IllegalStateException("The page's file " + place + " is missing: build weir again");
            }
            return file.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read the page's file " + place, broken);
        }
    }

    private static String version(Map<String, Asset> files) {
        MessageDigest digest = digest("SHA-256");
        files.forEach((name, file) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(file.bytes());
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Every module is named with its hash up front: fetched at once, and refused if it is not the one that was meant. */
    private static byte[] index(Map<String, Asset> files, String version) {
        StringBuilder head = new StringBuilder();
        String root = "/assets/" + version + "/";
        files.forEach((name, file) -> {
            String integrity = " integrity=\"sha384-"
                    + Base64.getEncoder().encodeToString(digest("SHA-384").digest(file.bytes())) + "\"";
            if (name.endsWith(".css")) {
                head.append("<link rel=\"stylesheet\" href=\"").append(root).append(name);
                head.append('"').append(integrity).append(">\n");
            } else if (name.equals("app.js")) {
                head.append("<script type=\"module\" src=\"").append(root).append(name);
                head.append('"').append(integrity).append("></script>\n");
            } else if (name.endsWith(".js")) {
                head.append("<link rel=\"modulepreload\" href=\"").append(root).append(name);
                head.append('"').append(integrity).append(">\n");
            } else if (name.equals("icon.svg")) {
                head.append("<link rel=\"icon\" type=\"image/svg+xml\" href=\"").append(root);
                head.append(name).append("\">\n");
            }
        });
        String page = new String(read("/web/index.html"), StandardCharsets.UTF_8);
        return page.replace("<!-- files -->", head.toString().stripTrailing()).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("Every Java has " + algorithm, never);
        }
    }
}
