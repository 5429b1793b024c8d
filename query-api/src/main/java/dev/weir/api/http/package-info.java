/** The HTTP edge: routes with their scopes and parameters, guards, problems. Knows nothing of runs, stores or Kafka. */
@NullMarked
package dev.weir.api.http;

import org.jspecify.annotations.NullMarked;
