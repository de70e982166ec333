package dev.cardea.introspection;

import dev.cardea.token.AuthenticClaims;
import dev.cardea.token.Source;

/** A definite answer of an introspection endpoint (RFC 7662 2.2). */
public sealed interface Introspection {

    /** {@code "active": true}, with everything beside it. */
    record Active(AuthenticClaims claims, Source source) implements Introspection {}

    /** {@code "active": false}. */
    record Inactive(Source source) implements Introspection {}
}
