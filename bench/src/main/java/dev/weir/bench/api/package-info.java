/** Measures the query API over real HTTP, a real broker and real stores. */
@NullMarked
package dev.weir.bench.api;

import org.jspecify.annotations.NullMarked;
