/** JSON from outside, bounded and held to its grammar before a parser sees it. */
@NullMarked
package dev.cardea.json;

import org.jspecify.annotations.NullMarked;
