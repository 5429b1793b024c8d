/**
 * What an agent may ask of weir, as tools of the Model Context Protocol. Knows nothing of Kafka, of servlets or of how
 * the tools are reached; it reads runs through {@link dev.weir.mcp.WeirApi} only.
 */
@NullMarked
package dev.weir.mcp;

import org.jspecify.annotations.NullMarked;
