/** Takes lines over HTTP, for those who cannot reach Kafka, and puts them there. Knows nothing of stores. */
@NullMarked
package dev.weir.api.ingest;

import org.jspecify.annotations.NullMarked;
