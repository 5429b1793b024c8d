/** How settings are named, read and checked. Knows no setting of any module but this one's. */
@NullMarked
package dev.weir.settings;

import org.jspecify.annotations.NullMarked;
