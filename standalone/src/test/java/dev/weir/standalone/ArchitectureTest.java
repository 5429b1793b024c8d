package dev.weir.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.api.Test;

/** What the module graph cannot say. */
class ArchitectureTest {
    @Test
    void environmentIsReadOnlyWhereAProgramStarts() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .and()
                .doNotHaveSimpleName("Weir")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(DeclaredSettings.WEIR);
    }

    @Test
    void onlyTheTopologyTouchesStores() {
        noClasses()
                .that()
                .resideInAPackage("dev.weir.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka.streams..", "org.rocksdb..")
                .check(DeclaredSettings.WEIR);
    }

    @Test
    void theMinerHasNoClockNoThreadAndNoLibrary() {
        noClasses()
                .that()
                .resideInAPackage("dev.weir.drain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio.file..", "java.util.regex..")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(DeclaredSettings.WEIR);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.weir.(**)").should().beFreeOfCycles().check(DeclaredSettings.WEIR);
    }
}
