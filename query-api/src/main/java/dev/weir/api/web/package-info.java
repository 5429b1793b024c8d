/** Serves the web page and its files. Knows nothing of runs: the page asks the same API as everybody. */
@NullMarked
package dev.weir.api.web;

import org.jspecify.annotations.NullMarked;
