/**
 * Every byte of {@code WWW-Authenticate} (RFC 6750 3, RFC 9110 11.6.1).
 */
@NullMarked
package dev.cardea.challenge;

import org.jspecify.annotations.NullMarked;
