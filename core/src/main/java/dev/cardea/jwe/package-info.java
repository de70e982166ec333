/** Encrypted tokens, opened with a key of ours (RFC 7516): what comes out is not trusted any more than what went in. */
@NullMarked
package dev.cardea.jwe;

import org.jspecify.annotations.NullMarked;
