/**
 * Breaks a running weir on purpose: real processes, a real broker, kill -9, SIGSTOP. Compares what was counted with an
 * oracle that knows nothing of templates, intervals or transactions.
 */
@NullMarked
package dev.weir.bench.faults;

import org.jspecify.annotations.NullMarked;
