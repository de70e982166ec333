/** Who we are at an authorization server's endpoints, and how we prove it (RFC 6749 2.3, RFC 7523, RFC 8705 2). */
@NullMarked
package dev.cardea.clientauth;

import org.jspecify.annotations.NullMarked;
