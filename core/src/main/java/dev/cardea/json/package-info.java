/** JSON from outside, bounded and held to its grammar while it is read. */
@NullMarked
package dev.cardea.json;

import org.jspecify.annotations.NullMarked;
