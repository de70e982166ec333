package dev.cardea.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who we are to an authorization server and how we prove it.
 *
 * @param method {@code cardea.introspection.auth-method}; default {@link Method#CLIENT_SECRET_BASIC}
 * @param clientId {@code cardea.introspection.client-id}
 * @param secret {@code cardea.introspection.client-secret}, or what {@code secretFile} held at start; null for methods without
 *     one
 * @param secretFile {@code cardea.introspection.client-secret-file}, or null
 * @param secretOverlap {@code cardea.introspection.secret-overlap}: for how long after a change of a file what it held before is
 *     tried as well, if the new one is refused; default 10 min
 * @param key {@code cardea.introspection.key}: file with the private key that signs assertions, or null
 * @param assertionAudience {@code cardea.introspection.assertion-audience}: {@code aud} of assertions, or null for the issuer
 * @param tokenUrl {@code cardea.introspection.token-url}: where {@link Method#BEARER} gets its token, or null for discovery
 * @param tokenScope {@code cardea.introspection.token-scope}: the scope that it asks for, or null
 */
public record ClientSettings(
        Method method,
        String clientId,
        @Nullable Secret secret,
        @Nullable Path secretFile,
        Duration secretOverlap,
        @Nullable Path key,
        @Nullable String assertionAudience,
        @Nullable URI tokenUrl,
        @Nullable String tokenScope) {

    /** A client with a secret, sent as RFC 6749 2.3.1 says. */
    public static ClientSettings basic(String clientId, Secret secret) {
        return new ClientSettings(
                Method.CLIENT_SECRET_BASIC, clientId, secret, null, Duration.ofMinutes(10), null, null, null, null);
    }

    /** The secret; {@link IllegalStateException} if the method has none. */
    public Secret secretNow() {
        if (secret == null) {
            throw new IllegalStateException(method + " has no secret");
        }
        return secret;
    }

    /** How a client authenticates (RFC 6749 2.3.1, RFC 7523, RFC 8705 2, RFC 7662 2.1). */
    public enum Method {
        CLIENT_SECRET_BASIC,
        CLIENT_SECRET_POST,
        CLIENT_SECRET_JWT,
        PRIVATE_KEY_JWT,
        TLS_CLIENT_AUTH,
        SELF_SIGNED_TLS_CLIENT_AUTH,
        /** With an access token of our own, got by the client credentials grant. */
        BEARER;

        /** As settings name it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether {@code name} in metadata means it: {@code Bearer} is registered as a type of tokens (RFC 8414 2). */
        public boolean isCalled(String name) {
            return this == BEARER ? name.equalsIgnoreCase("bearer") : name.equals(word());
        }

        /** Whether it is the certificate of {@code cardea.http.key-store} that proves who we are. */
        public boolean showsCertificate() {
            return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
        }
    }
}
