/** The tools for agents over HTTP. Knows the servlet that speaks the protocol; what the tools do is in {@code dev.weir.mcp}. */
@NullMarked
package dev.weir.api.mcp;

import org.jspecify.annotations.NullMarked;
