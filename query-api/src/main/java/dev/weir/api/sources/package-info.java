/** Orders to a running {@code weir tail}: start or stop a source. An order lives as long as the request that waits for it. */
@NullMarked
package dev.weir.api.sources;

import org.jspecify.annotations.NullMarked;
