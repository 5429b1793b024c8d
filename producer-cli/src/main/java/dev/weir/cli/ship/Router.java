package dev.weir.cli.ship;

import java.util.Optional;

/** Finds the way to Kafka; asked again and again until it has one. */
@FunctionalInterface
public interface Router {
    Optional<Route> find();
}
