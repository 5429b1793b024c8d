/** Finds the node and asks it over HTTP. Knows JSON and addresses, never runs' bytes or Kafka. */
@NullMarked
package dev.weir.cli.net;

import org.jspecify.annotations.NullMarked;
