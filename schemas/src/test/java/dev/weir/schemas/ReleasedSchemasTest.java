package dev.weir.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReleasedSchemasTest {
    private static final Path SOURCES = Path.of("src/main/avro");
    private static final Path RELEASED = Path.of("src/released");

    /** Their records are one of several kinds, and a new kind is unknown to whoever is older. */
    private static final List<String> NOT_FORWARD = List.of("RunRecord", "WakeCommand");

    @Test
    void theNewestFolderHoldsWhatIsWrittenNow() throws IOException {
        Path newest = versions().get(versions().size() - 1);
        if ("update".equals(System.getProperty("weir.golden"))) {
            for (Path source : schemasIn(SOURCES)) {
                Files.copy(
                        source, newest.resolve(source.getFileName().toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }

        assertEquals(
                texts(SOURCES),
                texts(newest),
                "a schema was changed: if " + newest + " is not released yet, run this test with -Dweir.golden=update;"
                        + " if it is, make the next version's folder first");
    }

    @TestFactory
    Stream<DynamicTest> theNewestReadsWhatEveryOlderOneWrote() {
        return pairs().map(pair -> DynamicTest.dynamicTest(pair.name(), () -> pair.assertReads(pair.newest, pair.old)));
    }

    @TestFactory
    Stream<DynamicTest> everyOlderOneReadsWhatTheNewestWritesWhereThatIsPromised() {
        return pairs().filter(pair -> !NOT_FORWARD.contains(pair.old.getName()))
                .map(pair -> DynamicTest.dynamicTest(pair.name(), () -> pair.assertReads(pair.old, pair.newest)));
    }

    @Test
    void everyTopicHasASchemaAndEverySchemaATopic() {
        assertEquals(
                Topics.withPrefix("weir").valueSchemas().values().stream()
                        .map(Schema::getName)
                        .sorted()
                        .toList(),
                schemasIn(SOURCES).stream()
                        .map(path -> path.getFileName().toString().replace(".avsc", ""))
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> everyRecordEnumAndFieldIsDocumented() {
        return Topics.withPrefix("weir").valueSchemas().values().stream()
                .map(schema -> DynamicTest.dynamicTest(schema.getName(), () -> {
                    List<String> undocumented = new ArrayList<>();
                    collectUndocumented(schema, undocumented);
                    assertEquals(List.of(), undocumented);
                }));
    }

    private static void collectUndocumented(Schema schema, List<String> found) {
        switch (schema.getType()) {
            case RECORD -> {
                if (schema.getDoc() == null) {
                    found.add(schema.getName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null) {
                        found.add(schema.getName() + "." + field.name());
                    }
                    collectUndocumented(field.schema(), found);
                }
            }
            case ENUM -> {
                if (schema.getDoc() == null || schema.getEnumDefault() == null) {
                    found.add(schema.getName());
                }
            }
            case UNION -> schema.getTypes().forEach(branch -> collectUndocumented(branch, found));
            case ARRAY -> collectUndocumented(schema.getElementType(), found);
            default -> {}
        }
    }

    private record Pair(String version, Schema old, Schema newest) {
        String name() {
            return old.getName() + " of " + version;
        }

        void assertReads(Schema reader, Schema writer) {
            SchemaCompatibility.SchemaPairCompatibility pair =
                    SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
            assertEquals(SchemaCompatibilityType.COMPATIBLE, pair.getType(), pair::getDescription);
            int read = 0;
            for (Object written : new RandomData(writer, 50, 7L)) {
                assertEquals(
                        reader, Schemas.convert((IndexedRecord) written, reader).getSchema());
                read++;
            }
            assertEquals(50, read);
        }
    }

    private static Stream<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        Map<String, Schema> newest = Topics.withPrefix("weir").valueSchemas().values().stream()
                .collect(Collectors.toMap(Schema::getName, schema -> schema));
        for (Path version : versions()) {
            for (Path file : schemasIn(version)) {
                Schema old = parse(file);
                Schema now = newest.get(old.getName());
                assertFalse(now == null, () -> old.getName() + " was released and is gone");
                pairs.add(new Pair(version.getFileName().toString(), old, Objects.requireNonNull(now)));
            }
        }
        return pairs.stream();
    }

    private static List<Path> versions() {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(folder -> major(folder) * 10_000 + minor(folder)))
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static int major(Path version) {
        return Integer.parseInt(version.getFileName().toString().split("\\.")[0]);
    }

    private static int minor(Path version) {
        return Integer.parseInt(version.getFileName().toString().split("\\.")[1]);
    }

    private static List<Path> schemasIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Map<String, String> texts(Path folder) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : schemasIn(folder)) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
    }

    private static Schema parse(Path file) {
        try {
            return new Schema.Parser().parse(file.toFile());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
