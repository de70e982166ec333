/**
 * What the client sent: extraction of credentials from the request (RFC 6750 2.1, RFC 9110 11.6.2).
 */
@NullMarked
package dev.cardea.request;

import org.jspecify.annotations.NullMarked;
