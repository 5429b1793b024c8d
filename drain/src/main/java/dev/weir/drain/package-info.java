/** Learns templates from lines. Knows nothing of Kafka, HTTP, threads or clocks. */
@NullMarked
package dev.weir.drain;

import org.jspecify.annotations.NullMarked;
