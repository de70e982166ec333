package dev.cardea.config;

import java.util.Set;

/**
 * An issuer whose JWTs are validated locally, and everything that holds for it alone.
 *
 * @param issuer who it is and what its tokens look like
 * @param audience {@code cardea.audience}: who we are to this issuer; not empty
 * @param claims what its tokens must say, and what their claims mean
 * @param jwks its signing keys
 * @param http how it is called
 */
public record TrustedIssuer(
        IssuerSettings issuer, Set<String> audience, ClaimSettings claims, JwksSettings jwks, HttpSettings http) {
    public TrustedIssuer {
        audience = Set.copyOf(audience);
    }
}
