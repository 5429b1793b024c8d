/** Lines in, a snapshot out, nothing kept: the miner and the printing of snapshots together, without a server. */
@NullMarked
package dev.weir.compact;

import org.jspecify.annotations.NullMarked;
