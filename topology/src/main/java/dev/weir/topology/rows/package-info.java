/**
 * What the store holds: keys and versioned binary rows, few and small. Knows nothing of Kafka Streams, of mining or of
 * time; public only for the topology around it.
 */
@NullMarked
package dev.weir.topology.rows;

import org.jspecify.annotations.NullMarked;
