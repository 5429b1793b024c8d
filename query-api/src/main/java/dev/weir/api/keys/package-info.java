/** Who may ask: keys, kept as hashes in a compacted topic that every server reads whole, and tickets made from them. */
@NullMarked
package dev.weir.api.keys;

import org.jspecify.annotations.NullMarked;
