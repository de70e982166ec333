/**
 * RFC 9449: proofs that whoever sends a token has the key that it is bound to; which of them were used, and the nonces that
 * say when they were made.
 */
@NullMarked
package dev.cardea.dpop;

import org.jspecify.annotations.NullMarked;
