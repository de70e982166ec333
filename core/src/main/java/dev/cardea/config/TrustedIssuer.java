package dev.cardea.config;

import java.util.List;
import java.util.Set;

/**
 * An issuer whose JWTs are validated locally, and everything that holds for it alone.
 *
 * @param issuer who it is and what its tokens look like
 * @param audience {@code cardea.audience}: who we are to this issuer; not empty
 * @param claims what its tokens must say, and what their claims mean
 * @param jwks its signing keys
 * @param http how it is called
 * @param otherwise what {@code issuer} and {@code claims} would be with each other profile, all else as configured: for
 *     telling the operator that the profile is the wrong one
 */
public record TrustedIssuer(
        IssuerSettings issuer,
        Set<String> audience,
        ClaimSettings claims,
        JwksSettings jwks,
        HttpSettings http,
        List<Otherwise> otherwise) {
    public TrustedIssuer {
        audience = Set.copyOf(audience);
        otherwise = List.copyOf(otherwise);
    }

    /** The same issuer with another profile. */
    public record Otherwise(IssuerSettings issuer, ClaimSettings claims) {}
}
