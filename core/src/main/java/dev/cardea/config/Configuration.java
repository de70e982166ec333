package dev.cardea.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code cardea.*} says, complete and checked: holding one means that no setting weakens a check
 * silently. Made by {@link ConfigurationReader}.
 *
 * @param issuer local validation, or null if no issuer is configured
 * @param audience {@code cardea.audience}; not empty
 * @param introspection the RFC 7662 call, or null if it is not configured
 * @param realm {@code cardea.resource.realm}, the protection space that challenges name; default {@code cardea}
 * @param problemDetails {@code cardea.resource.problem-details}: whether refusals have an RFC 9457 body
 * @param routes the path rules, {@code cardea.routes.<name>.*}
 * @param removedHeaders {@code cardea.request.removed-headers}, as written
 */
public record Configuration(
        @Nullable IssuerSettings issuer,
        Set<String> audience,
        TokenSettings token,
        ClaimSettings claims,
        JwksSettings jwks,
        @Nullable IntrospectionSettings introspection,
        HttpSettings http,
        IncomingSettings incoming,
        AccessDefault accessDefault,
        String realm,
        boolean problemDetails,
        List<RouteSettings> routes,
        Set<String> removedHeaders) {}
