/** A real broker in this process and a registry as its child. Knows nothing of weir's topics. */
@NullMarked
package dev.weir.embedded;

import org.jspecify.annotations.NullMarked;
