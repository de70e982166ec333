package dev.cardea.token;

import dev.cardea.reject.RejectedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which claims say who the caller is and what it may do.
 *
 * <p>A name is first taken as it stands; where there is no such member and it contains a slash, it is a path into
 * nested objects: {@code realm_access/roles}. Immutable and thread-safe.
 *
 * @param principal claims that may name the principal, the first present one wins
 * @param clientId claims that may name the client, the first present one wins
 * @param scopes claims of which each adds scope tokens: a space-delimited string or an array of scope tokens
 * @param roles claims of which each adds roles: a string (one role) or an array of strings
 */
public record ClaimMapping(List<String> principal, List<String> clientId, List<String> scopes, List<String> roles) {
    public ClaimMapping {
        principal = List.copyOf(principal);
        clientId = List.copyOf(clientId);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
    }

    /** What the mapped claims say. A claim of the wrong JSON type is refused, not skipped. */
    Identity map(Claims claims) throws RejectedException {
        return new Identity(
                claims.string("iss"),
                claims.string("sub"),
                first(claims, clientId),
                first(claims, principal),
                scopes(claims),
                roles(claims));
    }

    private static @Nullable String first(Claims claims, List<String> names) throws RejectedException {
        for (String name : names) {
            Object value = find(claims.asMap(), name);
            if (value instanceof String string && !string.isEmpty()) {
                return string;
            }
            if (value != null && !(value instanceof String)) {
                throw Claims.malformed(name, "is not a string");
            }
        }
        return null;
    }

    private Set<String> scopes(Claims claims) throws RejectedException {
        Set<String> tokens = new LinkedHashSet<>();
        for (String name : scopes) {
            Object value = find(claims.asMap(), name);
            if (value instanceof String delimited) {
                ScopeTokens.addDelimited(name, delimited, tokens);
            } else if (value != null) {
                ScopeTokens.addEach(name, Claims.stringsOf(name, value), tokens);
            }
        }
        return Set.copyOf(tokens);
    }

    private Set<String> roles(Claims claims) throws RejectedException {
        Set<String> names = new LinkedHashSet<>();
        for (String name : roles) {
            Object value = find(claims.asMap(), name);
            if (value != null) {
                names.addAll(Claims.stringsOf(name, value));
            }
        }
        return Set.copyOf(names);
    }

    private static @Nullable Object find(Map<String, Object> members, String name) {
        Object value = members.get(name);
        if (value != null) {
            return value;
        }
        int slash = name.indexOf('/');
        if (slash > 0 && members.get(name.substring(0, slash)) instanceof Map<?, ?> nested) {
            @SuppressWarnings("unchecked") // Claims holds objects as Map<String, Object> at every level
            Map<String, Object> object = (Map<String, Object>) nested;
            return find(object, name.substring(slash + 1));
        }
        return null;
    }

    /**
     * Who and what, read once from the claims.
     *
     * @param issuer {@code iss}, or null where an introspection answer names none
     * @param subject {@code sub}, or null (client credentials of some products)
     * @param clientId the client, or null
     * @param principal what {@code cardea.principal.claim} names, or null
     */
    record Identity(
            @Nullable String issuer,
            @Nullable String subject,
            @Nullable String clientId,
            @Nullable String principal,
            Set<String> scopes,
            Set<String> roles) {}
}
