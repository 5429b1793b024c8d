package dev.weir.api;

import dev.weir.topology.Meter;
import dev.weir.topology.RunReader;
import java.util.List;

/** The running topology as the server sees it. */
interface Stores extends AutoCloseable {
    RunReader reader();

    List<Meter> meters();

    @Override
    void close();
}
