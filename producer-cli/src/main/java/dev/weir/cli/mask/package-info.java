/** Finds secrets in a line's bytes and puts a mark in their place. Knows neither runs nor files. */
@NullMarked
package dev.weir.cli.mask;

import org.jspecify.annotations.NullMarked;
