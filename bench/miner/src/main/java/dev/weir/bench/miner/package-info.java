/** How right and how fast the miner is. Knows the miner and nothing else of weir, so that it builds in seconds. */
@NullMarked
package dev.weir.bench.miner;

import org.jspecify.annotations.NullMarked;
