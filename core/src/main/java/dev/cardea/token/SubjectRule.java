package dev.cardea.token;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token's subject is a user or the client itself (RFC 9700 4.15: C04; RFC 9068 5: T12; RFC 7662 2.2: I19).
 *
 * <p>No claim of RFC 9068 says so. A client's own token is known by {@code sub} being the client's id (RFC 9068 2.2), by
 * its absence, or by a mark that a product sets for its client credentials grant and no other; a user's by a {@code sub}
 * that is not the client's id, or by his session. Signs of both, or of neither, are {@link SubjectKind#UNKNOWN}, so that
 * neither what is for users nor what is for clients is open by a guess.
 *
 * <p>Proves nothing about what the authorization server does not say: one that lets a client's {@code sub} differ from its
 * id and sets no mark makes that client look like a user, and no resource server can tell.
 */
public enum SubjectRule {
    /** A client's {@code sub} is its id, so any other one is a user's. */
    CLIENT_ID(null, "`sub` that is not the client's"),
    /** A client's {@code sub} is an id of its own like a user's (Keycloak), so a user is known by {@code sid} only. */
    SESSION("sid", "`sid`"),
    /** A client's {@code sub} is an id of its own; {@code scp} is in users' tokens only (Entra). */
    DELEGATED("scp", "`scp`"),
    /** A client's {@code sub} is its id, and {@code uid} is in users' tokens only (Okta). */
    USER_ID("uid", "`uid`"),
    /**
     * A client's {@code sub} is its id, and {@code username} is in users' tokens only (Cognito). {@code auth_time} is no
     * sign of a user: it may be in a client's own token too.
     */
    USERNAME("username", "`username`"),
    /** A client's {@code sub} is its id with {@code @clients} behind it, which no user can have (Auth0). */
    CLIENTS_SUFFIX(null, "`sub` that is not the client's, which ends with `@clients`");

    /** Auth0, Microsoft Entra, Open Liberty's introspection. */
    private static final Map<String, String> MARKS_OF_CLIENTS =
            Map.of("gty", "client-credentials", "idtyp", "app", "grant_type", "client_credentials");

    /** Keycloak sets them in its client credentials grant, from which address the client asked. */
    private static final List<String> ADDRESSES_OF_CLIENTS = List.of("clientHost", "clientAddress");

    private static final String CLIENTS = "@clients";
    private static final String SERVICE_ACCOUNT = "service-account-";

    /** Names of users as products spell them, lower case: a token without {@code sub} may have one of them instead. */
    private static final Set<String> NAMES_OF_USERS = Set.of(
            "username",
            "user_name",
            "user_id",
            "userid",
            "uid",
            "preferred_username",
            "unique_name",
            "upn",
            "email",
            "name");

    private final @Nullable String mark;
    private final String explained;

    SubjectRule(@Nullable String mark, String explained) {
        this.mark = mark;
        this.explained = explained;
    }

    /** By what a user's token is known, in Markdown. */
    public String explained() {
        return explained;
    }

    /** @param principal what {@code cardea.principal.claim} names, or null */
    SubjectKind judge(Claims claims, @Nullable String subject, @Nullable String clientId, @Nullable String principal) {
        boolean user = saysUser(claims, clientId);
        if (isMarkedAsClient(claims)) {
            return this != SESSION && user ? SubjectKind.UNKNOWN : SubjectKind.CLIENT;
        }
        if (clientId == null || looksLikeServiceAccount(claims)) {
            return SubjectKind.UNKNOWN;
        }
        if (subject == null || subject.isEmpty()) {
            boolean nobodyElse = principal == null || principal.equals(clientId);
            return this == CLIENT_ID && nobodyElse && !user && !namesUser(claims)
                    ? SubjectKind.CLIENT
                    : SubjectKind.UNKNOWN;
        }
        if (subject.equals(clientId) || (this == CLIENTS_SUFFIX && subject.equals(clientId + CLIENTS))) {
            return user ? SubjectKind.UNKNOWN : SubjectKind.CLIENT;
        }
        boolean anotherClient = this == CLIENTS_SUFFIX && subject.endsWith(CLIENTS);
        return !anotherClient && (mark == null || claims.has(mark)) ? SubjectKind.USER : SubjectKind.UNKNOWN;
    }

    private boolean isMarkedAsClient(Claims claims) {
        return MARKS_OF_CLIENTS.entrySet().stream()
                        .anyMatch(mark -> mark.getValue().equals(claims.asMap().get(mark.getKey())))
                || (this == SESSION && hasAddressOfClient(claims));
    }

    /** RFC 9068 2.2.1, OpenID Connect: a session, and the time at which somebody logged in, are a user's. */
    private boolean saysUser(Claims claims, @Nullable String clientId) {
        Object username = claims.asMap().get("username");
        return claims.has("sid")
                || (mark != null && claims.has(mark))
                || (this != USERNAME && claims.has("auth_time"))
                || (username != null && !username.equals(clientId));
    }

    /** Keycloak's signs where they prove nothing: its profile is not set, or a user may have chosen the name. */
    private static boolean looksLikeServiceAccount(Claims claims) {
        return hasAddressOfClient(claims)
                || Stream.of("preferred_username", "username")
                        .anyMatch(name ->
                                claims.asMap().get(name) instanceof String text && text.startsWith(SERVICE_ACCOUNT));
    }

    private static boolean hasAddressOfClient(Claims claims) {
        return ADDRESSES_OF_CLIENTS.stream().anyMatch(claims::has);
    }

    private static boolean namesUser(Claims claims) {
        return claims.asMap().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .anyMatch(NAMES_OF_USERS::contains);
    }
}
