/** The weir command. Never sees the topology, the server or the broker. */
@NullMarked
package dev.weir.cli;

import org.jspecify.annotations.NullMarked;
