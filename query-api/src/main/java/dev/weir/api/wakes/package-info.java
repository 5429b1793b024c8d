/** The queues of runs over HTTP: wakes are put in, leased by workers, finished. Knows no store: commands go to weir.wakes, what comes of them comes back in weir.wake-states. */
@NullMarked
package dev.weir.api.wakes;

import org.jspecify.annotations.NullMarked;
