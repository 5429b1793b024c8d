package dev.weir.standalone;
/** x */
final class RegistryFlags {
    private RegistryFlags() {}

    static java.util.List<String> of(java.nio.file.Path d) {
        return java.util.List.of();
    }
}
