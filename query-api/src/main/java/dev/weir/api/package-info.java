/** The HTTP server over the topology's stores. Keeps no state that a restart would lose. */
@NullMarked
package dev.weir.api;

import org.jspecify.annotations.NullMarked;
