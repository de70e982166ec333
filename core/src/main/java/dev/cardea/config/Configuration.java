package dev.cardea.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code cardea.*} says, complete and checked: holding one means that no setting weakens a check
 * silently. Made by {@link ConfigurationReader}.
 *
 * @param issuers those whose tokens are accepted, the main one first
 * @param audience {@code cardea.audience}: who we are in introspection answers; not empty if there is introspection
 * @param claims what introspection answers must say, and what their members mean
 * @param http how the introspection endpoint is called
 * @param introspection the RFC 7662 call to the main authorization server, be its issuer configured or not; or null
 * @param dpop how proofs of possession are checked
 * @param certificates how bindings to client certificates are checked
 * @param cryptoProvider {@code cardea.crypto.provider}: who verifies signatures
 * @param realm {@code cardea.resource.realm}, the protection space that challenges name; default {@code cardea}
 * @param problemDetails {@code cardea.resource.problem-details}: whether refusals have an RFC 9457 body
 * @param outage what happens to tokens that cannot be introspected now
 * @param routes the path rules, {@code cardea.routes.<name>.*}
 * @param removedHeaders {@code cardea.request.removed-headers}, as written
 */
public record Configuration(
        List<TrustedIssuer> issuers,
        Set<String> audience,
        TokenSettings token,
        ClaimSettings claims,
        @Nullable IntrospectionSettings introspection,
        HttpSettings http,
        IncomingSettings incoming,
        DpopSettings dpop,
        CertificateSettings certificates,
        String cryptoProvider,
        AccessDefault accessDefault,
        String realm,
        boolean problemDetails,
        OutageSettings outage,
        List<RouteSettings> routes,
        Set<String> removedHeaders) {

    /** {@code cardea.issuer}, whose introspection endpoint is the one that is asked; null if there is none. */
    public @Nullable TrustedIssuer issuer() {
        return issuers.stream()
                .filter(trusted -> trusted.issuer().name() == null)
                .findFirst()
                .orElse(null);
    }
}
