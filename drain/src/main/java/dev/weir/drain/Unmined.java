package dev.weir.drain;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The templates that no line's words made: those the user declares, and one of each lane for lines that found no room. */
final class Unmined {
    private final Map<String, Template> declared = new HashMap<>();
    private final @Nullable Template[] overflow = new @Nullable Template[2];

    @Nullable
    Template declared(String name) {
        return declared.get(name);
    }

    Template declare(int id, String name, Level level) {
        Template t = new Template(id, level.lane(), level, new Token[0]);
        t.name = name;
        t.declared = name;
        declared.put(name, t);
        return t;
    }

    @Nullable
    Template overflow(int lane) {
        return overflow[lane];
    }

    Template overflowing(int id, int lane, Level level) {
        Template t = new Template(id, lane, level, new Token[0]);
        t.overflow = true;
        t.name = lane == 1 ? "(other errors)" : "(other lines)";
        overflow[lane] = t;
        return t;
    }

    void restore(Template t) {
        if (t.overflow) {
            overflow[t.lane] = t;
        } else if (t.declared != null) {
            declared.put(t.declared, t);
        }
    }

    /** Forgets one that was evicted. */
    void remove(Template t) {
        if (t.overflow) {
            overflow[t.lane] = null;
        } else if (t.declared != null) {
            declared.remove(t.declared);
        }
    }
}
