package dev.cardea.config;

import dev.cardea.token.SubjectRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code cardea.issuer-profile}: in what a product's access tokens differ from RFC 9068. Data only; the settings that it
 * presets can each be set.
 *
 * <p>{@code typ: at+jwt} is what keeps an ID token from being taken for an access token. A profile that accepts another
 * {@code typ}, or none, therefore names a <em>discriminator</em> that does the same: {@link #discriminatingClaims},
 * {@link #discriminatingValues} or {@link #marksOfOthers}. No setting removes it as long as such a {@code typ} is
 * accepted. An introspection answer has no {@code typ} at all: where a product calls more than access tokens active,
 * {@link #discriminatingAnswers} tells them apart, and no setting removes that either.
 */
public enum Profile {
    /** RFC 9068 to the letter. What it marks as others' counts only where {@code cardea.jwt.types} is widened. */
    GENERIC(
            Set.of("at+jwt"),
            false,
            Set.of("iss", "sub", "aud", "exp", "iat", "jti", "client_id"),
            Set.of(),
            Map.of(),
            Set.of("nonce", "at_hash", "c_hash"),
            Map.of(),
            List.of("client_id"),
            List.of("roles"),
            SubjectRule.CLIENT_ID),

    /**
     * Spring Authorization Server without customizers: no {@code typ}, no {@code client_id}. Its access tokens have
     * {@code nbf}, its ID tokens do not; its ID tokens have {@code azp}, its access tokens do not. Its introspection
     * endpoint calls ID tokens and refresh tokens active too, but gives a {@code token_type} to access tokens alone.
     */
    SPRING(
            Set.of("at+jwt", "jwt"),
            true,
            Set.of("iss", "sub", "aud", "exp", "iat", "jti"),
            Set.of("nbf"),
            Map.of(),
            Set.of("azp", "nonce", "at_hash", "c_hash"),
            Map.of("token_type", Set.of("Bearer", "DPoP")),
            List.of("client_id"),
            List.of("roles"),
            SubjectRule.CLIENT_ID),

    /**
     * Keycloak: {@code typ: JWT} unless the client says otherwise, the client of a user's token in {@code azp} only. The
     * payload says itself what it is: {@code "typ": "Bearer"}, or {@code DPoP}, {@code ID}, {@code Refresh},
     * {@code Logout}. {@code DPoP} is an access token too; whether it may be used is for its {@code cnf} to say. Its
     * introspection endpoint calls nothing but access tokens active. A client that acts for itself has a {@code sub} like a
     * user's, and the addresses {@code clientHost} and {@code clientAddress}; a user's token has a session, {@code sid}.
     */
    KEYCLOAK(
            Set.of("at+jwt", "jwt"),
            false,
            Set.of("iss", "sub", "aud", "exp", "iat", "jti"),
            Set.of(),
            Map.of("typ", Set.of("Bearer", "DPoP")),
            Set.of(),
            Map.of(),
            List.of("client_id", "azp"),
            List.of("realm_access/roles"),
            SubjectRule.SESSION);

    private final Set<String> types;
    private final boolean untyped;
    private final Set<String> requiredClaims;
    private final Set<String> discriminatingClaims;
    private final Map<String, Set<String>> discriminatingValues;
    private final Set<String> marksOfOthers;
    private final Map<String, Set<String>> discriminatingAnswers;
    private final List<String> clientId;
    private final List<String> roles;
    private final SubjectRule subjectRule;

    Profile(
            Set<String> types,
            boolean untyped,
            Set<String> requiredClaims,
            Set<String> discriminatingClaims,
            Map<String, Set<String>> discriminatingValues,
            Set<String> marksOfOthers,
            Map<String, Set<String>> discriminatingAnswers,
            List<String> clientId,
            List<String> roles,
            SubjectRule subjectRule) {
        this.types = types;
        this.untyped = untyped;
        this.requiredClaims = requiredClaims;
        this.discriminatingClaims = discriminatingClaims;
        this.discriminatingValues = discriminatingValues;
        this.marksOfOthers = marksOfOthers;
        this.discriminatingAnswers = discriminatingAnswers;
        this.clientId = clientId;
        this.roles = roles;
        this.subjectRule = subjectRule;
    }

    /** The profile that {@code cardea.issuer-profile} calls {@code name}. */
    static Profile named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The word that names it in the configuration. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Default of {@code cardea.jwt.types}. */
    List<String> acceptedTypes() {
        List<String> accepted = new ArrayList<>(new TreeSet<>(types));
        if (untyped) {
            accepted.add("absent");
        }
        return accepted;
    }

    /** Default of {@code cardea.jwt.required-claims}. */
    Set<String> requiredClaims() {
        return requiredClaims;
    }

    /** Claims that access tokens have and ID tokens do not. */
    Set<String> discriminatingClaims() {
        return discriminatingClaims;
    }

    /** Claims that must be there with one of these values. */
    Map<String, Set<String>> discriminatingValues() {
        return discriminatingValues;
    }

    /** Claims that ID tokens have and access tokens do not. */
    Set<String> marksOfOthers() {
        return marksOfOthers;
    }

    /** Members that an introspection answer about an access token has with one of these values. */
    Map<String, Set<String>> discriminatingAnswers() {
        return discriminatingAnswers;
    }

    /** Claims that may name the client. */
    List<String> clientId() {
        return clientId;
    }

    /** Default of {@code cardea.roles.claims}. */
    List<String> roles() {
        return roles;
    }

    /** How its tokens tell users from clients. */
    SubjectRule subjectRule() {
        return subjectRule;
    }
}
