package dev.cardea.config;

import dev.cardea.demand.Validation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are accepted, and everything that holds for it alone.
 *
 * @param issuer who it is and what its tokens look like
 * @param audience {@code cardea.audience}: who we are to this issuer; not empty
 * @param claims what its tokens must say, and what their claims mean
 * @param jwks its signing keys
 * @param http how it is called
 * @param validation {@code cardea.token.validation}: by what its tokens are validated
 * @param opaquePrefix {@code cardea.token.opaque-prefix}: what its opaque tokens start with, or null
 * @param introspection its introspection endpoint, or null if it is not asked
 * @param otherwise what {@code issuer} and {@code claims} would be with each other profile, all else as configured: for
 *     telling the operator that the profile is the wrong one
 */
public record TrustedIssuer(
        IssuerSettings issuer,
        Set<String> audience,
        ClaimSettings claims,
        JwksSettings jwks,
        HttpSettings http,
        Validation validation,
        @Nullable String opaquePrefix,
        @Nullable IntrospectionSettings introspection,
        List<Otherwise> otherwise) {
    public TrustedIssuer {
        audience = Set.copyOf(audience);
        otherwise = List.copyOf(otherwise);
    }

    /** The same issuer with another profile. */
    public record Otherwise(IssuerSettings issuer, ClaimSettings claims) {}
}
