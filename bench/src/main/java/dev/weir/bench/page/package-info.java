/** Measures the web page in a real browser, over a node and wrapped commands as a user has them. */
@NullMarked
package dev.weir.bench.page;

import org.jspecify.annotations.NullMarked;
