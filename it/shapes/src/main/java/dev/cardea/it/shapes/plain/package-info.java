/** Ways of reaching a servlet that requires something, one way each. All require {@code orders:read}. */
@NullMarked
package dev.cardea.it.shapes.plain;

import org.jspecify.annotations.NullMarked;
