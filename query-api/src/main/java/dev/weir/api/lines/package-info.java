/** Raw lines out of weir.lines: by position, through time, and live. Knows of runs only where they lie; stores no line. */
@NullMarked
package dev.weir.api.lines;

import org.jspecify.annotations.NullMarked;
