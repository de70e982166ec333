package dev.cardea.token;

import dev.cardea.reject.RejectedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which claims say who the caller is and what it may do.
 *
 * <p>A name is first taken as it stands; where there is no such member and it contains a slash, it is a path into
 * nested objects: {@code realm_access/roles}, see {@link Claims#find}. Of roles and groups, one that ends with
 * {@code /*} means the names of the members of an object, or of objects in an array, whatever their values (ZITADEL), and
 * never a value, be there a member called {@code *}. As many as a token can have: its length bounds them. None of them may lead into {@code act}: what is
 * said there is said of somebody else, who would lend the subject his roles (RFC 8693 4.1). Immutable and thread-safe.
 *
 * @param principal claims that may name the principal, the first present one wins
 * @param clientId claims that may name the client, the first present one wins
 * @param scopes claims of which each adds scope tokens: a space-delimited string or an array of scope tokens
 * @param roles claims of which each adds roles: a string (one role) or an array of strings
 * @param groups claims of which each adds groups: a string (one group) or an array of strings
 * @param subjectRule how this issuer's tokens tell users from clients
 */
public record ClaimMapping(
        List<String> principal,
        List<String> clientId,
        List<String> scopes,
        List<String> roles,
        List<String> groups,
        SubjectRule subjectRule) {
    private static final String ACTOR = "act";
    private static final String MEMBERS = "/*";

    public ClaimMapping {
        principal = List.copyOf(principal);
        clientId = List.copyOf(clientId);
        scopes = List.copyOf(scopes);
        roles = List.copyOf(roles);
        groups = List.copyOf(groups);
        Stream.of(principal, clientId, scopes, roles, groups)
                .flatMap(List::stream)
                .filter(ClaimMapping::leadsIntoActor)
                .forEach(name -> {
                    throw new IllegalArgumentException(name + " leads into the actor");
                });
    }

    /** Groups in {@code groups}, subjects by {@link SubjectRule#CLIENT_ID}. */
    public ClaimMapping(List<String> principal, List<String> clientId, List<String> scopes, List<String> roles) {
        this(principal, clientId, scopes, roles, List.of("groups"), SubjectRule.CLIENT_ID);
    }

    /** Whether a name or path reads {@code act}: the actor of a delegated token, or one of those before him. */
    public static boolean leadsIntoActor(String name) {
        return name.equals(ACTOR) || name.startsWith(ACTOR + "/");
    }

    /** What the mapped claims say. A claim of the wrong JSON type is refused, not skipped. */
    Identity map(Claims claims) throws RejectedException {
        requireActors(claims);
        String subject = claims.string("sub");
        String client = first(claims, clientId);
        String name = first(claims, principal);
        return new Identity(
                claims.string("iss"),
                subject,
                client,
                name,
                scopes(claims),
                strings(claims, roles),
                strings(claims, groups),
                subjectRule.judge(claims, subject, client, name));
    }

    /** RFC 8693 4.1 (X01): an actor is an object and so is each before him; who he is, is said in strings. */
    private static void requireActors(Claims claims) throws RejectedException {
        Claims outer = claims;
        while (outer.has(ACTOR)) {
            Claims actor = outer.object(ACTOR);
            actor.string("iss");
            actor.string("sub");
            actor.string("client_id");
            outer = actor;
        }
    }

    /**
     * Members that say what a token may do and that are not to be taken from an older statement, since {@code younger} says it
     * too, be it under another of the mapped names.
     */
    Set<String> replacedBy(Map<String, Object> younger) {
        Set<String> replaced = new LinkedHashSet<>();
        for (List<String> names : List.of(scopes, roles, groups)) {
            Set<String> members = new LinkedHashSet<>(names);
            names.forEach(
                    name -> members.add(name.substring(0, name.indexOf('/') < 0 ? name.length() : name.indexOf('/'))));
            if (members.stream().anyMatch(younger::containsKey)) {
                replaced.addAll(members);
            }
        }
        return replaced;
    }

    private static void addMembers(String path, @Nullable Object value, Set<String> names) throws RejectedException {
        if (value instanceof Map<?, ?> object) {
            object.keySet().forEach(name -> names.add((String) name));
        } else if (value instanceof List<?> several && several.stream().allMatch(Map.class::isInstance)) {
            for (Object element : several) {
                addMembers(path, element, names);
            }
        } else if (value != null) {
            throw Claims.malformed(path, "is neither an object nor an array of objects");
        }
    }

    private static @Nullable String first(Claims claims, List<String> names) throws RejectedException {
        for (String name : names) {
            Object value = Claims.find(claims.asMap(), name);
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
            Object value = Claims.find(claims.asMap(), name);
            if (value instanceof String delimited) {
                ScopeTokens.addDelimited(name, delimited, tokens);
            } else if (value != null) {
                ScopeTokens.addEach(name, Claims.stringsOf(name, value), tokens);
            }
        }
        return Set.copyOf(tokens);
    }

    private static Set<String> strings(Claims claims, List<String> names) throws RejectedException {
        Set<String> strings = new LinkedHashSet<>();
        for (String name : names) {
            boolean members = name.endsWith(MEMBERS);
            String path = members ? name.substring(0, name.length() - MEMBERS.length()) : name;
            Object value = Claims.find(claims.asMap(), path);
            if (members) {
                addMembers(path, value, strings);
            } else if (value != null) {
                strings.addAll(Claims.stringsOf(name, value));
            }
        }
        return Set.copyOf(strings);
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
            Set<String> roles,
            Set<String> groups,
            SubjectKind subjectKind) {}
}
