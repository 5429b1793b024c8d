/** The Kafka Streams application: mines runs and keeps them in windows. Knows nothing of HTTP. */
@NullMarked
package dev.weir.topology;

import org.jspecify.annotations.NullMarked;
