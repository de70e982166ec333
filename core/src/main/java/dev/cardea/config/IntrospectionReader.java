package dev.cardea.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the RFC 7662 call. Introspection is configured when a client id is; its address may then come from the issuer's
 * metadata.
 */
final class IntrospectionReader {
    private final Values values;
    private final SettingFiles files;

    IntrospectionReader(Values values, SettingFiles files) {
        this.values = values;
        this.files = files;
    }

    /** Whether anything says that introspection is wanted: leaving out the client id does not switch it off silently. */
    static boolean isMeant(Values values) {
        return firstSet(values).isPresent();
    }

    private static Optional<Key> firstSet(Values values) {
        return Arrays.stream(Key.values())
                .filter(key -> key.key().startsWith("cardea.introspection."))
                .filter(values::isSet)
                .findFirst();
    }

    /** Null if introspection is not configured, or if a problem was reported without which nothing can be made of it. */
    @Nullable
    IntrospectionSettings read() {
        String url = values.url(Key.INTROSPECTION_URL, Key.ALLOW_HTTP, true);
        values.choice(Key.INTROSPECTION_AUTH_METHOD); // one word so far, so nothing has to be kept
        Duration timeout = values.duration(Key.INTROSPECTION_TIMEOUT);
        Duration connectTimeout = connectTimeout(timeout);
        boolean hint = values.flag(Key.INTROSPECTION_TOKEN_TYPE_HINT);
        boolean allowMissingAudience = values.flag(Key.INTROSPECTION_ALLOW_MISSING_AUDIENCE);
        int maxResponse = values.count(Key.INTROSPECTION_MAX_RESPONSE);
        IntrospectionSettings.Cache cache = new IntrospectionSettings.Cache(
                values.duration(Key.INTROSPECTION_CACHE_TTL),
                values.count(Key.INTROSPECTION_CACHE_MAX_ENTRIES),
                values.duration(Key.INTROSPECTION_CACHE_NEGATIVE_TTL));
        if (!isMeant(values)) {
            return null;
        }
        requireAddress();
        String clientId = clientId();
        Secret secret = secret();
        return clientId == null || secret == null
                ? null
                : new IntrospectionSettings(
                        url == null ? null : URI.create(url),
                        clientId,
                        secret,
                        hint,
                        allowMissingAudience,
                        timeout,
                        connectTimeout,
                        maxResponse,
                        cache);
    }

    private void requireAddress() {
        if (!values.isSet(Key.INTROSPECTION_URL) && !values.isSet(Key.ISSUER)) {
            values.report(
                    Key.INTROSPECTION_URL,
                    "is not set, and there is no cardea.issuer to discover it from",
                    "the address of the introspection endpoint, or set cardea.issuer");
        }
    }

    private @Nullable String clientId() {
        String clientId = values.text(Key.INTROSPECTION_CLIENT_ID);
        if (clientId == null && !values.isSet(Key.INTROSPECTION_CLIENT_ID)) {
            String meant = firstSet(values).map(Key::key).orElse("cardea.introspection");
            values.report(
                    Key.INTROSPECTION_CLIENT_ID,
                    "is not set, although " + meant + " is",
                    "the client id of this API at the authorization server");
        }
        return clientId;
    }

    private @Nullable Secret secret() {
        boolean inline = values.isSet(Key.INTROSPECTION_CLIENT_SECRET);
        boolean inFile = values.isSet(Key.INTROSPECTION_CLIENT_SECRET_FILE);
        if (inline && inFile) {
            values.report(
                    Key.INTROSPECTION_CLIENT_SECRET,
                    "is set, and so is cardea.introspection.client-secret-file",
                    "only one of them");
            return null;
        }
        if (!inline && !inFile) {
            values.report(
                    Key.INTROSPECTION_CLIENT_SECRET,
                    "is not set",
                    "the secret of that client, or set cardea.introspection.client-secret-file");
            return null;
        }
        return inline
                ? values.secret(Key.INTROSPECTION_CLIENT_SECRET)
                : files.secret(Key.INTROSPECTION_CLIENT_SECRET_FILE);
    }

    /** A short total timeout lowers the default, but does not silently change what somebody wrote. */
    private Duration connectTimeout(Duration timeout) {
        Duration connectTimeout = values.duration(Key.INTROSPECTION_CONNECT_TIMEOUT);
        if (connectTimeout.compareTo(timeout) <= 0) {
            return connectTimeout;
        }
        if (values.isSet(Key.INTROSPECTION_CONNECT_TIMEOUT)) {
            values.report(
                    Key.INTROSPECTION_CONNECT_TIMEOUT,
                    "is longer than cardea.introspection.timeout",
                    Durations.format(timeout) + " or less");
        }
        return timeout;
    }
}
