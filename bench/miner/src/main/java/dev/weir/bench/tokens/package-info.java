/** What a snapshot is worth to somebody who pays by the token. Knows only how lines are mined and snapshots printed. */
@NullMarked
package dev.weir.bench.tokens;

import org.jspecify.annotations.NullMarked;
