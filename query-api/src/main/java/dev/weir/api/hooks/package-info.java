/** Webhooks: who is told of what happens to runs, and how it gets there. Knows topics, not stores. */
@NullMarked
package dev.weir.api.hooks;

import org.jspecify.annotations.NullMarked;
