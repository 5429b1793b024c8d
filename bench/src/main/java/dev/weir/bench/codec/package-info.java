/** How fast batches of lines are written and read, against Avro's own ways. Knows nothing of Kafka. */
@NullMarked
package dev.weir.bench.codec;

import org.jspecify.annotations.NullMarked;
