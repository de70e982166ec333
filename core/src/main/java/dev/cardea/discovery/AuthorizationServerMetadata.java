package dev.cardea.discovery;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What we use of an authorization server's metadata (RFC 8414 2).
 *
 * @param issuer identical to the configured one
 * @param jwksUri {@code jwks_uri}, or null if it publishes none
 * @param introspectionEndpoint {@code introspection_endpoint}, or null if it publishes none
 * @param mutualTlsIntrospectionEndpoint {@code introspection_endpoint} of {@code mtls_endpoint_aliases} (RFC 8705 5), or null
 * @param tokenEndpoint {@code token_endpoint}, or null if it publishes none
 * @param introspectionAuthMethods {@code introspection_endpoint_auth_methods_supported}, or null if it does not say
 */
public record AuthorizationServerMetadata(
        String issuer,
        @Nullable URI jwksUri,
        @Nullable URI introspectionEndpoint,
        @Nullable URI mutualTlsIntrospectionEndpoint,
        @Nullable URI tokenEndpoint,
        @Nullable Set<String> introspectionAuthMethods) {

    public AuthorizationServerMetadata {
        introspectionAuthMethods = introspectionAuthMethods == null ? null : Set.copyOf(introspectionAuthMethods);
    }
}
