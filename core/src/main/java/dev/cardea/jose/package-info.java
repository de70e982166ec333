/** What tokens and proofs have in common: spelling, header, public keys, signatures (RFC 7515, RFC 7516, RFC 7517). */
@NullMarked
package dev.cardea.jose;

import org.jspecify.annotations.NullMarked;
