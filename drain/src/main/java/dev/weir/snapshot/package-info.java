/** What a reader gets of a run: ranked, cut to a budget, printed. Knows nothing of stores, HTTP, threads or clocks. */
@NullMarked
package dev.weir.snapshot;

import org.jspecify.annotations.NullMarked;
