/** What the edge does to lines, scored. Knows the command's masks and nothing of Kafka or servers. */
@NullMarked
package dev.weir.bench.edge;

import org.jspecify.annotations.NullMarked;
