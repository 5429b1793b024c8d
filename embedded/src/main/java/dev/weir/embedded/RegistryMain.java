package dev.weir.embedded;

/** Starts the registry's own main, after a watch that ends it with its parent. Started by {@link RegistryProcess}. */
final class RegistryMain {
    private RegistryMain() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        ParentWatch.start();
        // By name: the registry is on the class path of this process only.
        Class.forName("io.quarkus.runner.GeneratedMain")
                .getMethod("main", String[].class)
                .invoke(null, (Object) arguments);
    }
}
