/** Answers about runs, computed from the topology's stores. Knows nothing of Kafka's clients or of how lines are kept. */
@NullMarked
package dev.weir.api.runs;

import org.jspecify.annotations.NullMarked;
