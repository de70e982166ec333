package dev.cardea.config;

import dev.cardea.reject.SettingNames;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the settings of one issuer stand: {@code cardea.*} for the main one, {@code cardea.issuers.<name>.*} for a further
 * one.
 *
 * <p>What is about an issuer's product, its address and whom to trust for it is each issuer's own; what is about us is taken
 * over from {@code cardea.*} where the issuer has nothing of its own. Immutable.
 */
final class IssuerScope {
    /** {@code cardea.issuer}. */
    static final IssuerScope MAIN = new IssuerScope(null);

    /** Not taken over: what would be right for one product would silently be wrong, or too much, for another. */
    static final Set<Key> OWN = EnumSet.of(
            Key.ISSUER,
            Key.ISSUER_PROFILE,
            Key.ALLOW_HTTP,
            Key.JWT_TYPES,
            Key.JWT_REQUIRED_CLAIMS,
            Key.JWKS_URL,
            Key.HTTP_TRUST_STORE,
            Key.HTTP_TRUST_STORE_PASSWORD_FILE,
            Key.HTTP_KEY_STORE,
            Key.HTTP_KEY_STORE_PASSWORD_FILE,
            Key.HTTP_BEARER_TOKEN_FILE,
            Key.PRINCIPAL_CLAIM,
            Key.ROLES_CLAIMS,
            Key.GROUPS_CLAIMS,
            Key.SCOPE_CLAIMS,
            Key.TOKEN_OPAQUE_PREFIX,
            Key.INTROSPECTION_URL,
            Key.INTROSPECTION_CLIENT_ID,
            Key.INTROSPECTION_CLIENT_SECRET,
            Key.INTROSPECTION_CLIENT_SECRET_FILE,
            Key.INTROSPECTION_AUTH_METHOD,
            Key.INTROSPECTION_KEY,
            Key.INTROSPECTION_ASSERTION_AUDIENCE,
            Key.INTROSPECTION_TOKEN_URL,
            Key.INTROSPECTION_TOKEN_SCOPE,
            Key.INTROSPECTION_RESPONSE,
            Key.INTROSPECTION_TOKEN_TYPE_HINT,
            Key.INTROSPECTION_ALLOW_MISSING_AUDIENCE,
            Key.INTROSPECTION_CACHE_CLIENT_TTL,
            Key.INTROSPECTION_CACHE_RESPECT_NO_STORE);

    /** Taken over from {@code cardea.*} where the issuer has nothing of its own. */
    static final Set<Key> TAKEN_OVER = EnumSet.of(
            Key.AUDIENCE,
            Key.JWT_ALGORITHMS,
            Key.JWT_CLOCK_SKEW,
            Key.JWT_MAX_LIFETIME,
            Key.JWKS_REFRESH,
            Key.JWKS_MAX_STALE,
            Key.JWKS_COOLDOWN,
            Key.JWKS_TIMEOUT,
            Key.HTTP_PROXY,
            Key.TOKEN_VALIDATION,
            Key.INTROSPECTION_SECRET_OVERLAP,
            Key.INTROSPECTION_TIMEOUT,
            Key.INTROSPECTION_CONNECT_TIMEOUT,
            Key.INTROSPECTION_MAX_RESPONSE,
            Key.INTROSPECTION_CACHE_TTL,
            Key.INTROSPECTION_CACHE_MAX_ENTRIES,
            Key.INTROSPECTION_CACHE_NEGATIVE_TTL,
            Key.INTROSPECTION_CACHE_REFRESH_AHEAD,
            Key.INTROSPECTION_CACHE_RECHECK,
            Key.INTROSPECTION_RETRY_ATTEMPTS,
            Key.INTROSPECTION_RETRY_BACKOFF,
            Key.INTROSPECTION_RETRY_MAX_BACKOFF,
            Key.INTROSPECTION_BREAKER_FAILURES,
            Key.INTROSPECTION_BREAKER_WINDOW,
            Key.INTROSPECTION_BREAKER_OPEN_FOR,
            Key.INTROSPECTION_BREAKER_PROBES,
            Key.INTROSPECTION_MAX_CONCURRENT,
            Key.INTROSPECTION_RATE_LIMIT);

    static final String FAMILY = "cardea.issuers.";

    /** Finds the issuers that there are. */
    static final FamilyNames NAMES =
            new FamilyNames(FAMILY, keys().map(IssuerScope::suffix).toList());

    private final @Nullable String name;

    private IssuerScope(@Nullable String name) {
        this.name = name;
    }

    /** The scope of {@code cardea.issuers.<name>}. */
    static IssuerScope of(String name) {
        return new IssuerScope(name);
    }

    /** Null for the main issuer. */
    @Nullable
    String name() {
        return name;
    }

    SettingNames names() {
        return SettingNames.ofIssuer(name);
    }

    /** Every setting that a further issuer can have, in the order of the table. */
    static Stream<Key> keys() {
        return Stream.of(Key.values()).filter(key -> OWN.contains(key) || TAKEN_OVER.contains(key));
    }

    /** Its name after {@code cardea.}. */
    static String suffix(Key key) {
        return key.key().substring("cardea.".length());
    }

    /** How the setting is written for a further issuer. */
    static String pattern(Key key) {
        return FAMILY + "<name>." + suffix(key);
    }

    /** What this issuer's setting is called, wherever its value comes from. */
    Setting own(Key key) {
        return name == null ? key : new OfIssuer(names().of(suffix(key)), key.type(), key.standard());
    }

    /** The setting to read: this issuer's own, or the one that it takes over. */
    Setting at(Key key, Values values) {
        Setting own = own(key);
        return TAKEN_OVER.contains(key) && !values.isSet(own) ? key : own;
    }

    private record OfIssuer(String key, Type type, @Nullable String standard) implements Setting {}
}
