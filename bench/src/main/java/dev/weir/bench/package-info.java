/** Benchmarks and fault runs. Nothing depends on it. */
@NullMarked
package dev.weir.bench;

import org.jspecify.annotations.NullMarked;
