package dev.cardea.token;

/** How a token's claims were vouched for. */
public enum ValidationMethod {
    /** By the issuer's signature (RFC 9068 4). Says nothing about revocation. */
    LOCAL,
    /** By the issuer's introspection endpoint (RFC 7662 2.2). */
    INTROSPECTION
}
