/**
 * Sender constraints: whether whoever presents a token is the one it was issued to (RFC 9449, RFC 8705).
 */
@NullMarked
package dev.cardea.confirmation;

import org.jspecify.annotations.NullMarked;
