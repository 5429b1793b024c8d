/**
 * Turns captured bytes into batches and brings them to Kafka. Knows runs, lines and where the node is, never processes or
 * terminals.
 */
@NullMarked
package dev.weir.cli.ship;

import org.jspecify.annotations.NullMarked;
