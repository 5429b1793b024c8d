package dev.weir.cli.ship;

import java.io.IOException;
import java.util.Optional;

/** Finds the way for records; asked again and again until it has one. */
@FunctionalInterface
public interface Router {
    Optional<Way> find();

    /** How records get out. */
    interface Way {
        /** @param mostOnTheWay bytes sent and not acknowledged, at most */
        Outlet open(String key, long mostOnTheWay) throws IOException;

        /** The schema's id that values carry. */
        int schemaId();
    }
}
