/** What the user wants done to lines before they leave: left out, changed. Knows lines and patterns, never Kafka or files. */
@NullMarked
package dev.weir.cli.edit;

import org.jspecify.annotations.NullMarked;
