/** The embedded node: the only place that wires broker, registry and server together. */
@NullMarked
package dev.weir.standalone;

import org.jspecify.annotations.NullMarked;
