/** Saying something once instead of a thousand times. */
@NullMarked
package dev.cardea.log;

import org.jspecify.annotations.NullMarked;
