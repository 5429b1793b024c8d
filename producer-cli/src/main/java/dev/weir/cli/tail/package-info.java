/** Follows files through rotation, truncation and return. Knows files, never lines or Kafka. */
@NullMarked
package dev.weir.cli.tail;

import org.jspecify.annotations.NullMarked;
