/** Local validation of JWT access tokens (RFC 9068 4, RFC 8725). */
@NullMarked
package dev.cardea.jwt;

import org.jspecify.annotations.NullMarked;
