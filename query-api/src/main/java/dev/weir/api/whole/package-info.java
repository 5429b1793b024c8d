/** Compacted topics that every server reads whole and follows. Knows nothing of what they hold. */
@NullMarked
package dev.weir.api.whole;

import org.jspecify.annotations.NullMarked;
