/** Measures the pipeline from topic to rows, against the two ways in which one would build it first. */
@NullMarked
package dev.weir.bench.pipeline;

import org.jspecify.annotations.NullMarked;
