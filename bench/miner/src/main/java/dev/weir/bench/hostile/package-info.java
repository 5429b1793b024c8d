/** Lines made to hurt the miner, and what they cost it. Knows only the miner's public side. */
@NullMarked
package dev.weir.bench.hostile;

import org.jspecify.annotations.NullMarked;
