/** What reading runs from a server costs in tokens. Knows the HTTP API and recordings, nothing of stores. */
@NullMarked
package dev.weir.bench.served;

import org.jspecify.annotations.NullMarked;
