/**
 * The certificate that a client presented: on the connection, or to a trusted proxy that tells us in a header field (RFC 8705 3,
 * RFC 9440). What is learnt is its thumbprint; nothing of X.509 is read.
 */
@NullMarked
package dev.cardea.certificate;

import org.jspecify.annotations.NullMarked;
