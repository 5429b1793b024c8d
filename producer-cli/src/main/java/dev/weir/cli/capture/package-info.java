/**
 * Starts commands and takes their output: byte for byte to where it belongs, and onto disk. Knows bytes and processes, never
 * lines, Kafka or HTTP.
 */
@NullMarked
package dev.weir.cli.capture;

import org.jspecify.annotations.NullMarked;
