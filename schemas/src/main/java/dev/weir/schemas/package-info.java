/** The contract: records of every topic, their serde, topic names and settings. Does no I/O but the registry's and the admin client's. */
@NullMarked
package dev.weir.schemas;

import org.jspecify.annotations.NullMarked;
