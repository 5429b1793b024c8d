package dev.weir.cli.ship;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds the way for records; asked again and again until it has one. */
@FunctionalInterface
public interface Router {
    /** @param isBrief whether the run is over already and has said little; it may take a moment to tell */
    Optional<Way> find(BooleanSupplier isBrief);

    /** How records get out. */
    interface Way {
        /** @param mostOnTheWay bytes sent and not acknowledged, at most */
        Outlet open(String key, long mostOnTheWay) throws IOException;

        /** The schema's id that values carry. */
        int schemaId();
    }
}
