package dev.cardea.clientauth;

import dev.cardea.clientauth.NoCredentialsException.Kind;
import dev.cardea.discovery.Endpoint;
import dev.cardea.http.HttpAnswer;
import dev.cardea.http.TransportException;
import dev.cardea.json.BoundedJson;
import dev.cardea.json.JsonLimits;
import dev.cardea.json.JsonObject;
import dev.cardea.json.MalformedJsonException;
import dev.cardea.reject.SettingNames;
import dev.cardea.reject.UndeterminedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gets an access token for ourselves (RFC 6749 4.4). Remembers nothing. Thread-safe. */
final class ClientCredentials {
    private static final int MAX_SIZE = 64 * 1024;
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    /** RFC 6749 5.1 recommends to say how long a token is good; where it is not said, it is not relied on for long. */
    private static final long UNSTATED_LIFETIME_SECONDS = 60;

    private final ClientAuthentication authentication;
    private final Endpoint endpoint;
    private final @Nullable String scope;
    private final SettingNames names;

    /**
     * @param authentication who we are at the token endpoint
     * @param names what the settings are called
     */
    ClientCredentials(
            ClientAuthentication authentication, Endpoint endpoint, @Nullable String scope, SettingNames names) {
        this.authentication = authentication;
        this.endpoint = endpoint;
        this.scope = scope;
        this.names = names;
    }

    /** A token and how long it is good. Does not show itself. */
    static final class Token {
        private final String text;
        private final Duration lifetime;

        private Token(String text, Duration lifetime) {
            this.text = text;
            this.lifetime = lifetime;
        }

        String text() {
            return text;
        }

        Duration lifetime() {
            return lifetime;
        }
    }

    Token fetch(Duration timeout) throws TransportException, NoCredentialsException, UndeterminedException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        if (scope != null) {
            fields.put("scope", scope);
        }
        FormCall call = new FormCall(endpoint.uri(), "application/json", fields, timeout, MAX_SIZE);
        return token(call, authentication.send(call));
    }

    private Token token(FormCall call, HttpAnswer answer) throws NoCredentialsException {
        int status = answer.status();
        if (status == 429 || status >= 500) {
            throw new NoCredentialsException(Kind.UNAVAILABLE, call + ": answered " + status, answer);
        }
        if (status >= 400) {
            throw new NoCredentialsException(
                    Kind.REFUSED,
                    call + ": answered " + status + ": no token for us; check " + names.of("introspection.client-id")
                            + ", its credentials and " + names.of("introspection.token-scope"),
                    answer);
        }
        if (status != 200) {
            throw unreadable(call, "answered " + status);
        }
        JsonObject members;
        try {
            members = BoundedJson.readObject(answer.body(), JsonLimits.ofBytes(MAX_SIZE));
        } catch (MalformedJsonException e) {
            throw unreadable(call, "an answer that is no acceptable JSON object: " + e.detail());
        }
        if (!(members.get("access_token") instanceof String token)
                || !B64TOKEN.matcher(token).matches()) {
            throw unreadable(call, "an answer without an access_token that can be sent");
        }
        if (!(members.get("token_type") instanceof String type) || !type.equalsIgnoreCase("Bearer")) {
            throw unreadable(call, "an answer whose token_type is not Bearer");
        }
        return new Token(token, lifetime(members.get("expires_in")));
    }

    private static Duration lifetime(@Nullable Object expiresIn) {
        return Duration.ofSeconds(
                expiresIn instanceof Number seconds ? Math.max(0, seconds.longValue()) : UNSTATED_LIFETIME_SECONDS);
    }

    private static NoCredentialsException unreadable(FormCall call, String what) {
        return new NoCredentialsException(Kind.UNREADABLE, call + ": " + what, null);
    }
}
