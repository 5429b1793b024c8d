package dev.weir.drain;

/**
 * A template declared by the user: lines of this shape are called by this name, and no mining touches them.
 *
 * @param name what the template is called
 * @param pattern the line after its header, with {@code <*>} for each part that varies
 */
public record Declared(String name, String pattern) {
    public Declared {
        if (name.isBlank() || pattern.isBlank()) {
            throw new IllegalArgumentException(
                    "A declared template needs a name and a pattern: got '" + name + "' and '" + pattern + "'");
        }
    }
}
