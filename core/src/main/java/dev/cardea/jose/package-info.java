/** What signed and encrypted tokens have in common: spelling, header, points of curves (RFC 7515, RFC 7516). */
@NullMarked
package dev.cardea.jose;

import org.jspecify.annotations.NullMarked;
